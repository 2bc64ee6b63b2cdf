package dev.sverka.sandbox.diadoc;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One organisation's box: its documents, and the log of what happened to them. What people do is done here. */
public final class DiadocBox {

    private static final byte[] TAIL = {(byte) 0xfb, (byte) 0xef, (byte) 0xbe, (byte) 0xfb, (byte) 0xef, (byte) 0xff,
        (byte) 0xef};

    /** Something that happened; {@code paper} as it was then. */
    record Event(String id, Instant at, String key, DiadocPaper paper) {
    }

    private final String id;
    private final String inn;
    private final String name;
    private final Clock clock;
    private final Map<String, DiadocPaper> papers = new LinkedHashMap<>();
    private final List<Event> log = new ArrayList<>();
    private int number;
    private Duration late = Duration.ZERO;
    private boolean silent;
    private String shared;

    DiadocBox(String id, String inn, String name, Clock clock) {
        this.id = id;
        this.inn = inn;
        this.name = name;
        this.clock = clock;
    }

    public String id() {
        return id;
    }

    String inn() {
        return inn;
    }

    String name() {
        return name;
    }

    /** Whatever is done in it is written into the log that much later than its time says: the cursor is past it. */
    public synchronized void written(Duration later, Runnable doing) {
        late = later;
        doing.run();
        late = Duration.ZERO;
    }

    /** Whatever is done in it has no event at all. */
    public synchronized void silently(Runnable doing) {
        silent = true;
        doing.run();
        silent = false;
    }

    /** Whatever is done in it has one event id, time and index key. */
    public synchronized void atOnce(Runnable doing) {
        number++;
        shared = key(clock.instant(), number);
        doing.run();
        shared = null;
    }

    /** A new one that its sender has yet to sign. @param direction Outbound or Inbound */
    public synchronized DiadocPaper draft(String direction, String counterparty, DiadocPaper.Content content) {
        number++;
        DiadocPaper paper = DiadocPaper.of(id, guid('d', number), guid('c', number), direction, counterparty, content);
        papers.put(paper.id(), paper);
        change(paper, one -> { });
        return paper;
    }

    public DiadocPaper sent(String direction, String counterparty, DiadocPaper.Content content) {
        DiadocPaper paper = draft(direction, counterparty, content);
        send(paper);
        return paper;
    }

    public void send(DiadocPaper paper) {
        change(paper, one -> {
            one.set("SenderSignatureStatus", "SenderSignatureUnchecked");
            one.set("SendTimestampTicks", DiadocPaper.ticks(clock.instant()));
        });
    }

    /** The sender's signature has been looked at: no event tells that. */
    public synchronized void verified(DiadocPaper paper, boolean valid) {
        paper.set("SenderSignatureStatus", "SenderSignatureChecked" + (valid ? "AndValid" : "AndInvalid"));
    }

    public void deliver(DiadocPaper paper) {
        change(paper, one -> {
            one.set("SenderSignatureStatus", "SenderSignatureCheckedAndValid");
            one.set("DeliveryTimestampTicks", DiadocPaper.ticks(clock.instant()));
        });
    }

    public void sign(DiadocPaper paper) {
        answer(paper, "WithRecipientSignature", null);
    }

    public void signWithDiscrepancies(DiadocPaper paper) {
        answer(paper, "WithRecipientPartiallySignature", null);
    }

    public void signInvalidly(DiadocPaper paper) {
        answer(paper, "InvalidRecipientSignature", null);
    }

    public void reject(DiadocPaper paper, String why) {
        answer(paper, "RecipientSignatureRequestRejected", why);
    }

    private void answer(DiadocPaper paper, String status, String why) {
        change(paper, one -> {
            one.set("RecipientResponseStatus", status);
            one.rejection = why;
            one.signedAt = why == null ? clock.instant() : null;
            one.signer = one.counterparty();
        });
    }

    /** An internal mark or a message that is no answer: the state stays. */
    public void approve(DiadocPaper paper) {
        change(paper, one -> { });
    }

    /** A refusal that stands outside the docflow. */
    public void grumble(DiadocPaper paper, String words) {
        change(paper, one -> {
            one.rejection = words;
            one.outOfWorkflow = true;
        });
    }

    public void proxyRejects(DiadocPaper paper, String why) {
        change(paper, one -> {
            one.set("ProxySignatureStatus", "ProxySignatureRejected");
            one.rejection = why;
        });
    }

    /** @param status such as {@code RequestsMyRevocation} @param why may be null */
    public void revocation(DiadocPaper paper, String status, String why) {
        change(paper, one -> {
            one.set("RevocationStatus", status);
            one.revocation = why;
        });
    }

    public void roamingFails(DiadocPaper paper, String words) {
        change(paper, one -> {
            one.set("RoamingNotificationStatus", "RoamingNotificationStatusError");
            one.set("RoamingNotificationStatusDescription", words);
        });
    }

    public void delete(DiadocPaper paper, boolean deleted) {
        change(paper, one -> one.set("IsDeleted", deleted));
    }

    /** Any field, as only a newer version of Diadoc would set it. */
    public void set(DiadocPaper paper, String field, Object value) {
        change(paper, one -> one.set(field, value));
    }

    /** A further party to the document, and whether it has signed. */
    public void party(DiadocPaper paper, String box, boolean signed) {
        change(paper, one -> one.others.put(box, signed));
    }

    /** Gone from the box for good. */
    public synchronized void purge(DiadocPaper paper) {
        papers.remove(paper.id());
    }

    private synchronized void change(DiadocPaper paper, Consumer<DiadocPaper> what) {
        what.accept(paper);
        number++;
        Instant at = clock.instant().minus(late);
        long modified = Math.max((long) paper.get("LastModificationTimestampTicks") + 1,
                DiadocPaper.ticks(clock.instant()));
        paper.set("LastModificationTimestampTicks", modified);
        if (!silent) {
            String key = shared != null ? shared : key(at, number);
            int place = log.size();
            while (place > 0 && order(log.get(place - 1).key()).compareTo(order(key)) > 0) {
                place--;
            }
            log.add(place, new Event(guid('e', shared != null ? shared.hashCode() & 0xffff : number), at, key,
                    paper.copy()));
        }
    }

    private static String key(Instant at, int number) {
        byte[] text = "%020d%06d".formatted(DiadocPaper.ticks(at), number).getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[text.length + TAIL.length];
        System.arraycopy(text, 0, whole, 0, text.length);
        System.arraycopy(TAIL, 0, whole, text.length, TAIL.length);
        return Base64.getEncoder().encodeToString(whole);
    }

    /** @throws IllegalArgumentException for what is no key */
    static String order(String key) {
        return new String(Base64.getDecoder().decode(key), StandardCharsets.ISO_8859_1);
    }

    private static String guid(char kind, int number) {
        return "%c0000000-0000-4000-8000-%012d".formatted(kind, number);
    }

    /** In the order of their keys. */
    synchronized List<Event> log() {
        return List.copyOf(log);
    }

    synchronized DiadocPaper paper(String message, String entity) {
        return papers.get(id.replace("-", "") + "/" + message + "/" + entity);
    }

    public synchronized List<DiadocPaper> papers() {
        return List.copyOf(papers.values());
    }

    synchronized Event last(DiadocPaper paper) {
        return log.stream().filter(one -> one.paper().id().equals(paper.id())).reduce((first, second) -> second)
                .orElse(new Event(DiadocPaper.NOBODY, clock.instant(), "", paper));
    }
}
