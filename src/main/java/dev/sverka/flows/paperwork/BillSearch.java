package dev.sverka.flows.paperwork;

import dev.sverka.flows.matching.Own;
import dev.sverka.flows.payments.CompanySearch;
import dev.sverka.flows.payments.PaymentSearch.Found;
import dev.sverka.flows.payments.PaymentSearch;
import dev.sverka.records.invoice.InvoiceFile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which payment an invoice is. Reads only. */
final class BillSearch {

    private final PaymentSearch payments;
    private final CompanySearch companies;
    private final Own own;

    BillSearch(PaymentSearch payments, CompanySearch companies, Own own) {
        this.payments = payments;
        this.companies = companies;
        this.own = own;
    }

    /**
     * What was found.
     *
     * @param payment the one it is; null for none
     * @param creates whether nothing is like it, so that it is made
     * @param near what a person may choose from
     */
    record Result(@Nullable Long payment, boolean creates, List<Found> near) {
    }

    /** {@code in} where we sell, {@code out} where we buy; null where neither or both are ours. */
    @Nullable String side(InvoiceFile file) {
        return side(own, file);
    }

    static @Nullable String side(Own own, InvoiceFile file) {
        boolean selling = own.isCompany(file.seller().inn());
        boolean buying = own.isCompany(file.buyer().inn());
        return selling == buying ? null : selling ? "in" : "out";
    }

    /** Companies of the other side. */
    List<Long> customers(InvoiceFile file) {
        return ofInn("in".equals(side(file)) ? file.buyer().inn() : file.seller().inn());
    }

    /** Companies of the portal that are our own side. */
    List<Long> ours(InvoiceFile file) {
        return ofInn("in".equals(side(file)) ? file.seller().inn() : file.buyer().inn());
    }

    private List<Long> ofInn(@Nullable String inn) {
        return inn == null ? List.of() : companies.ofInn(inn);
    }

    /** Of a file that was read wholly. */
    Result search(InvoiceFile file, BillBook book) {
        List<Long> customers = customers(file);
        List<Found> all = payments.ofCompanies(customers, "in".equals(side(file)));
        List<Found> numbered = all.stream().filter(one -> isNumbered(file, one)).toList();
        List<Found> whole = numbered.stream().filter(one -> isWhole(file, one)).toList();
        if (whole.size() == 1 && numbered.size() == 1) {
            return new Result(whole.get(0).id(), false, whole);
        }
        if (!numbered.isEmpty()) {
            return new Result(null, false, numbered);
        }
        List<Found> bare = all.stream().filter(one -> isBare(file, one) && !book.isTaken(one.id(), null)).toList();
        return bare.size() == 1 ? new Result(bare.get(0).id(), false, bare)
                : new Result(null, bare.isEmpty() && customers.size() == 1, bare);
    }

    private static boolean isNumbered(InvoiceFile file, Found payment) {
        String number = PaperItem.key(file.number());
        return number != null && number.equals(PaperItem.key(payment.number()));
    }

    private static boolean isWhole(InvoiceFile file, Found payment) {
        return Objects.equals(file.date(), payment.invoiceDate()) && isOfSum(file, payment.amount());
    }

    /** Without a number of its own, and of that sum. */
    private static boolean isBare(InvoiceFile file, Found payment) {
        return (payment.number() == null || payment.number().isBlank()) && isOfSum(file, payment.amount());
    }

    private static boolean isOfSum(InvoiceFile file, BigDecimal amount) {
        return file.amount() != null && BigDecimal.valueOf(file.amount(), 2).compareTo(amount) == 0;
    }

    /** Whether a payment, as just read, still is what {@link #search} found. */
    boolean isMeant(InvoiceFile file, @Nullable String number, @Nullable String date, @Nullable Object amount) {
        if (amount == null || !isOfSum(file, new BigDecimal(amount.toString()))) {
            return false;
        }
        return number == null || Objects.equals(PaperItem.key(number), PaperItem.key(file.number()))
                && Objects.equals(date, String.valueOf(file.date()));
    }
}
