package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.MassDeletions;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import dev.sverka.vendors.bitrix24.Bitrix24Client.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which items of an entity are known, and which of them are gone. Polling never tells a deletion (bitrix24.md section
 * 0.1); a lost right looks like many (section 13, row 21). So what a full list lacks is only a suspicion, and
 * believed when {@code crm.item.get} says NOT_FOUND some time later; of very many a person is asked first.
 */
final class Bitrix24Deletions {

    /** Between a suspicion and its proof. */
    static final Duration APART = Duration.ofMinutes(1);
    /** More than this at once is a lost right until a person says otherwise; a few are let through in small types. */
    private static final double MOST = 0.02;
    private static final int FEW = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Deletions.class);
    private static final String KEPT = "bitrix24-ids";
    private static final String GONE = "bitrix24-gone:";

    private final Links links;
    private final MassDeletions doubts;
    private final Clock clock;
    private final String account;
    private final String entity;

    Bitrix24Deletions(Links links, MassDeletions doubts, Clock clock, String account, String entity) {
        this.links = links;
        this.doubts = doubts;
        this.clock = clock;
        this.account = account;
        this.entity = entity;
    }

    private record Kept(SortedSet<Long> known, SortedSet<Long> missed, Instant since) {
    }

    private Kept load() {
        Map<String, Object> row = row();
        return new Kept(ids(row, "known"), ids(row, "missed"), since(row));
    }

    private Map<String, Object> row() {
        return links.agreed(account, KEPT, entity);
    }

    private static SortedSet<Long> ids(Map<String, Object> row, String which) {
        return Bitrix24Ids.read(String.valueOf(row.getOrDefault(which, "")));
    }

    private static Instant since(Map<String, Object> row) {
        return Instant.parse(String.valueOf(row.getOrDefault("since", Instant.EPOCH.toString())));
    }

    private void save(SortedSet<Long> known, SortedSet<Long> missed, Instant since) {
        links.agree(account, KEPT, entity, Map.of("known", Bitrix24Ids.write(known),
                "missed", Bitrix24Ids.write(missed), "since", since.toString()));
    }

    /** Notes items that were seen. */
    void seen(Collection<Long> ids) {
        Kept kept = load();
        boolean added = kept.known().addAll(ids);
        boolean back = kept.missed().removeAll(ids);
        if (added || back) {
            save(kept.known(), kept.missed(), kept.since());
        }
    }

    /** An item whose deletion was told by an event and found true: no sweep misses it. */
    static void told(Links links, String account, String entity, long id) {
        links.agree(account, GONE + entity, Long.toString(id), Map.of("gone", true));
    }

    private boolean isTold(long id) {
        return !links.agreed(account, GONE + entity, Long.toString(id)).isEmpty();
    }

    /**
     * Compares what is known with a full list of what is there. Of too many that are missed nothing is believed: a
     * person is asked, once for the same ones.
     */
    void listed(SortedSet<Long> there) {
        Kept kept = load();
        SortedSet<Long> known = new TreeSet<>(kept.known());
        SortedSet<Long> missed = new TreeSet<>(known);
        missed.removeAll(there);
        missed.removeIf(this::isTold);
        known.removeIf(id -> !there.contains(id) && !missed.contains(id));
        Optional<MassDeletions.Doubt> doubt = doubts.of(account, entity);
        SortedSet<Long> asked = doubt.map(one -> Bitrix24Ids.read(one.items())).orElseGet(TreeSet::new);
        if (!asked.isEmpty() && asked.stream().noneMatch(missed::contains)) {
            doubts.over(account, entity, known.size());
        }
        missed.removeAll(asked);
        long most = Math.max(FEW, Math.round(Math.ceil(known.size() * MOST)));
        if (missed.size() > most) {
            LOG.error("{}: {} of {} items of {} are no longer listed, more than can be believed at once: nothing is taken "
                    + "for deleted; look whether the webhook's user still may see them all, and answer the review",
                    account, missed.size(), known.size(), entity);
            SortedSet<Long> all = new TreeSet<>(missed);
            all.addAll(asked);
            doubts.raise(account, entity, Bitrix24Ids.write(all), List.copyOf(all), known.size());
            missed.clear();
        }
        known.addAll(there);
        save(known, missed, clock.instant());
    }

    /** Whether suspicions are old enough to be looked at again. Asked at every poll: what is known stays packed. */
    boolean isDue() {
        Map<String, Object> row = row();
        return !ids(row, "missed").isEmpty() && !clock.instant().isBefore(since(row).plus(APART))
                || doubts.of(account, entity).filter(doubt -> doubt.answer() == MassDeletions.Answer.APPLY).isPresent();
    }

    /** What is suspected, with what a person said is gone. */
    private SortedSet<Long> suspects() {
        SortedSet<Long> suspects = new TreeSet<>(load().missed());
        doubts.of(account, entity).filter(doubt -> doubt.answer() == MassDeletions.Answer.APPLY)
                .ifPresent(doubt -> suspects.addAll(Bitrix24Ids.read(doubt.items())));
        return suspects;
    }

    /** Asks for each suspect by its id. @return those that are gone, from now on unknown */
    List<Long> believed(Bitrix24Client client, int typeId) {
        List<Long> gone = new ArrayList<>();
        Map<String, Bitrix24Command> asked = new LinkedHashMap<>();
        for (long id : suspects()) {
            asked.put("i" + id, new Bitrix24Command("crm.item.get", Map.of("entityTypeId", typeId, "id", id)));
            if (asked.size() == Bitrix24Client.PAGE) {
                gone.addAll(gone(client, asked));
                asked.clear();
            }
        }
        if (!asked.isEmpty()) {
            gone.addAll(gone(client, asked));
        }
        return gone;
    }

    /** Joins the transaction in which the news of the deletions is stored. */
    void forget(List<Long> gone) {
        Kept kept = load();
        kept.known().removeAll(gone);
        save(kept.known(), new TreeSet<>(), kept.since());
        if (doubts.of(account, entity).filter(doubt -> doubt.answer() == MassDeletions.Answer.APPLY).isPresent()) {
            doubts.settled(account, entity);
        }
    }

    private List<Long> gone(Bitrix24Client client, Map<String, Bitrix24Command> asked) {
        List<Long> gone = new ArrayList<>();
        client.batch(asked, false).forEach((name, outcome) -> {
            if (isNotFound(outcome)) {
                gone.add(Long.parseLong(name.substring(1)));
            } else if (outcome.failure() != null && !(outcome.failure() instanceof VendorException.Refused)) {
                throw outcome.failure();
            }
        });
        return gone;
    }

    private static boolean isNotFound(Outcome outcome) {
        return outcome.failure() instanceof VendorException.Refused refused && refused.code().equals("NOT_FOUND");
    }
}
