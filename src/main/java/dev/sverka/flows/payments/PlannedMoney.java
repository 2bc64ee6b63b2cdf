package dev.sverka.flows.payments;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What open payments of the portal are yet to bring and to cost, for whoever looks ahead. Reads only. */
public class PlannedMoney {

    private final PaymentMirror mirror;
    private final ShareBook shares;
    private final Companies companies;

    PlannedMoney(PaymentMirror mirror, ShareBook shares, Companies companies) {
        this.mirror = mirror;
        this.shares = shares;
        this.companies = companies;
    }

    /**
     * Money to come or to go.
     *
     * @param due the portal's Срок оплаты; null where nobody has set one
     * @param rest what is open of it, kopecks
     * @param ourInn which of our companies it is for; null where the payment names none
     */
    public record Planned(long payment, String title, boolean incoming, @Nullable LocalDate due, long rest,
            String currency, @Nullable String ourInn) {
    }

    /** Of every payment that is neither paid nor cancelled, by its id. */
    public List<Planned> open() {
        Map<Long, Long> paid = shares.paidOfUnpaid();
        Map<Long, Optional<String>> inns = new HashMap<>();
        return mirror.open().stream().map(row -> new Planned(row.id(), row.name(), row.isIncoming(), due(row),
                row.amount() - paid.getOrDefault(row.id(), 0L), row.currency(), row.ourCompany() == null ? null
                        : inns.computeIfAbsent(row.ourCompany(), ours -> companies.innsOf(ours).stream().findFirst())
                                .orElse(null))).filter(one -> one.rest() > 0).toList();
    }

    private static @Nullable LocalDate due(PaymentRow row) {
        Object due = row.details().get("dueDate");
        try {
            return due == null ? null : LocalDate.parse(due.toString().substring(0, Math.min(10, due.toString().length())));
        } catch (DateTimeException odd) {
            return null;
        }
    }
}
