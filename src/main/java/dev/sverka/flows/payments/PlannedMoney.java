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
     * @param invoiced the day of its invoice; null where none is known
     * @param customer the portal's company on the other side; null where the payment names none
     * @param ourInn which of our companies it is for; null where the payment names none
     */
    public record Planned(long payment, String title, boolean incoming, @Nullable LocalDate due,
            @Nullable LocalDate invoiced, long rest, String currency, @Nullable Long customer, @Nullable String ourInn) {
    }

    /**
     * A customer's payment whose money has come in full.
     *
     * @param came when the last of it came
     */
    public record Settled(@Nullable Long customer, @Nullable LocalDate due, @Nullable LocalDate invoiced,
            LocalDate came) {
    }

    /** Of every payment that is neither paid nor cancelled, by its id. */
    public List<Planned> open() {
        Map<Long, Long> paid = shares.paidOfUnpaid();
        Map<Long, Optional<String>> inns = new HashMap<>();
        return mirror.open().stream().map(row -> new Planned(row.id(), row.name(), row.isIncoming(),
                due(row.details()), row.invoiceDate(), row.amount() - paid.getOrDefault(row.id(), 0L), row.currency(),
                row.company(), row.ourCompany() == null ? null : inns.computeIfAbsent(row.ourCompany(),
                        ours -> companies.innsOf(ours).stream().findFirst()).orElse(null))).filter(one -> one.rest() > 0).toList();
    }

    /** Those whose last money came since a day, the latest first. @param most of them at the most */
    public List<Settled> settled(LocalDate since, int most) {
        return mirror.settled(since, most).stream().map(one -> new Settled(one.company(), due(one.details()),
                one.invoiced(), one.came())).filter(one -> one.due() != null || one.invoiced() != null).toList();
    }

    private static @Nullable LocalDate due(Map<String, Object> details) {
        Object due = details.get("dueDate");
        try {
            return due == null ? null : LocalDate.parse(due.toString().substring(0, Math.min(10, due.toString().length())));
        } catch (DateTimeException odd) {
            return null;
        }
    }
}
