package dev.sverka.flows.payments;

import dev.sverka.core.journal.Intents;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.AuditRow;
import dev.sverka.flows.matching.Matcher.Part;
import dev.sverka.flows.payments.Decision.Because;
import dev.sverka.flows.payments.Decision.Question;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Draws the consequences of a payment as it was read from the portal: what people set there, what our writes left there,
 * and what becomes of money on an item that people cancelled, changed or deleted. Joins the running transaction, which
 * holds the locks.
 */
final class PortalNews {

    static final String ACCOUNT = "bitrix24.main";
    static final String ENTITY = "payment";

    private final PaymentMirror mirror;
    private final Operations operations;
    private final ShareBook shares;
    private final Ledger ledger;
    private final Audit audit;
    private final Intents intents;
    private final Clock clock;

    PortalNews(PaymentMirror mirror, Operations operations, ShareBook shares, Ledger ledger, Audit audit,
            Intents intents, Clock clock) {
        this.mirror = mirror;
        this.operations = operations;
        this.shares = shares;
        this.ledger = ledger;
        this.audit = audit;
        this.intents = intents;
        this.clock = clock;
    }

    /** @return the payment as it stands after this */
    PaymentRow see(PortalItem item) {
        @Nullable PaymentRow before = mirror.payment(item.id()).orElse(null);
        List<Share> standing = shares.ofPayment(item.id());
        Reading reading = Reading.of(before, item, standing);
        if (reading.stale()) {
            return Objects.requireNonNull(before);
        }
        if (before != null && reading.confirmed() != null) {
            confirm(before, reading.confirmed());
        }
        mirror.see(item);
        if (!item.blindToPaid()) {
            mirror.seePaid(item.id(), item.paid(), item.paidDate());
        }
        boolean more = byHand(before, item, reading);
        if (reading.hold() != null) {
            mirror.hold(item.id(), reading.hold(), reading.moved());
        }
        if (reading.dated()) {
            mirror.dateByPerson(item.id());
        }
        PaymentRow now = mirror.payment(item.id()).orElseThrow();
        if (before != null) {
            consequences(before, now, more, reading.lowered());
        }
        return mirror.payment(item.id()).orElseThrow();
    }

    /** Our write shows on the portal: what it changed is explained, and what it counted is counted. */
    private void confirm(PaymentRow before, PaymentRow.Try done) {
        Long intent = done.entry() == null ? null : intents.latestOf(done.entry(), "bitrix24:payment/update")
                .orElse(null);
        done.changes().forEach((field, change) -> audit.write(new AuditRow(clock.instant(), ACCOUNT, ENTITY,
                Long.toString(before.id()), field, change.get(0), change.get(1), done.because(), intent)));
        shares.written(done.shares());
        mirror.confirmed(before.id(), before.seenPaid(), clock.millis());
        List<PaymentRow.Try> left = new ArrayList<>(before.tries());
        left.subList(0, left.indexOf(done) + 1).clear();
        mirror.tries(before.id(), left, null);
    }

    /**
     * A write was answered: the portal holds what was sent, until it shows something else.
     *
     * @param written what was asked for; its fields may be none
     */
    void written(long payment, Map<String, Object> written) {
        PaymentRow row = mirror.payment(payment).orElse(null);
        if (row == null || row.tries().isEmpty() || !(written.get("fields") instanceof Map<?, ?> fields)
                || fields.isEmpty()) {
            return;
        }
        PaymentRow.Try done = row.tries().get(row.tries().size() - 1);
        confirm(row, done);
        mirror.seePaid(payment, done.paid(), fields.containsKey("paidDate") ? done.paidDate() : row.seenDate());
        if (done.stage() != null) {
            mirror.seeStage(payment, done.stage());
        }
    }

    /** @return whether a person's hand says more than before */
    private boolean byHand(@Nullable PaymentRow before, PortalItem item, Reading reading) {
        long typed = sum(item.id(), true);
        long staged = sum(item.id(), false);
        String why = before == null ? "так было на портале при первом чтении"
                : reading.hold() == null ? Reading.PAID_BY_HAND : reading.hold();
        if (typed != reading.typed()) {
            ledger.byHand(item.id(), reading.typed(), true, Because.machine("hand-paid", "1", why));
        }
        if (staged != reading.staged()) {
            ledger.byHand(item.id(), reading.staged(), false, Because.machine("hand-stage", "1", why));
        }
        return reading.typed() + reading.staged() > typed + staged;
    }

    private long sum(long payment, boolean written) {
        return shares.ofPayment(payment).stream().filter(share -> share.isByHand() && share.written() == written)
                .mapToLong(Share::amount).sum();
    }

    private void consequences(PaymentRow before, PaymentRow now, boolean more, boolean lowered) {
        List<Share> ours = shares.ofPayment(now.id()).stream().filter(share -> !share.isByHand()).toList();
        if (ours.isEmpty()) {
            return;
        }
        boolean closed = now.isClosedToMoney();
        boolean foreign = !Objects.equals(before.company(), now.company())
                || !Objects.equals(before.ourCompany(), now.ourCompany())
                || !Objects.equals(before.pipeline(), now.pipeline()) || !before.currency().equals(now.currency());
        if (closed || foreign || more) {
            String why = closed ? "платёж " + now.id() + " отменён или больше не платёж"
                    : foreign ? "у платежа " + now.id() + " сменились компания, воронка или валюта"
                    : "на портале платёж " + now.id() + " отмечен оплаченным вручную: это могут быть те же деньги";
            ours.stream().filter(share -> !share.written()).forEach(share -> takeBack(share, why));
            if (closed && !before.isClosedToMoney() || foreign) {
                ours.stream().filter(Share::written).forEach(share -> question(share, why + ", а деньги на нём"));
            }
        }
        long paid = shares.paid(now.id()).all();
        if (now.amount() != before.amount() && paid > now.amount() || lowered) {
            String why = lowered ? "на портале оплачено меньше, чем пришло по платежу " + now.id()
                    : "сумма платежа " + now.id() + " стала меньше, чем на нём денег";
            ours.stream().max(Comparator.comparing(Share::id)).ifPresent(share -> question(share, why));
        }
        if (now.amount() != before.amount()) {
            ledger.write(now.id());
        }
    }

    /** Money that the portal does not show yet goes back; a person says where to. */
    private void takeBack(Share share, String why) {
        StoredOperation operation = operations.operation(Objects.requireNonNull(share.operation()));
        List<Part> rest = new ArrayList<>(parts(operation.id()));
        rest.remove(new Part(share.payment(), share.amount()));
        ledger.book(new Decision(operation, Because.machine("payment-closed", "1", why), rest,
                rest.isEmpty() ? "review" : operation.box(), why, true, Map.of(),
                Question.operation(List.of(), List.of())));
    }

    /** Money that the portal shows stays where it is; a person is asked. */
    private void question(Share share, String why) {
        StoredOperation operation = operations.operation(Objects.requireNonNull(share.operation()));
        ledger.ask(operation, why);
    }

    private List<Part> parts(long operation) {
        return shares.ofOperation(operation).stream().map(one -> new Part(one.payment(), one.amount())).toList();
    }

    /** A payment deleted on the portal frees its money into review. */
    void deleted(long payment) {
        Optional<PaymentRow> before = mirror.payment(payment);
        if (before.isEmpty() || before.get().deleted()) {
            return;
        }
        mirror.deleted(payment);
        String why = "платёж " + payment + " удалён на портале";
        shares.ofPayment(payment).stream().filter(share -> !share.isByHand()).forEach(share -> takeBack(share, why));
        ledger.byHand(payment, 0, true, Because.machine("payment-deleted", "1", why));
        ledger.byHand(payment, 0, false, Because.machine("payment-deleted", "1", why));
    }
}
