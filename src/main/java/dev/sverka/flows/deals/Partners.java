package dev.sverka.flows.deals;

import dev.sverka.core.state.Locks;
import dev.sverka.flows.books.FinTabloPartners;
import dev.sverka.flows.deals.DealBook.Company;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Companies of the portal and FinTablo's partners: one for each ИНН, whatever number of companies have it. */
final class Partners {

    private final DealBook book;
    private final FinTabloPartners partners;
    private final Locks locks;

    Partners(DealBook book, FinTabloPartners partners, Locks locks) {
        this.book = book;
        this.partners = partners;
        this.locks = locks;
    }

    /**
     * Takes over a company as the portal holds it.
     *
     * @return whether it is another one than before in what matters here
     */
    boolean take(Map<String, Object> item) {
        if (Boolean.TRUE.equals(item.get("deleted"))) {
            return false;
        }
        long id = Long.parseLong(item.get("id").toString());
        locks.hold(List.of("deal-company"));
        Company now = new Company(Values.text(item.get("title")), inn(item.get("requisites")));
        Optional<Company> before = book.company(id);
        if (before.filter(now::equals).isPresent()) {
            return false;
        }
        book.keep(id, now);
        return before.isEmpty() || !Objects.equals(before.get().inn(), now.inn());
    }

    /** Of several requisites one ИНН must come; null for none and for more. */
    private static @Nullable String inn(@Nullable Object requisites) {
        List<String> all = requisites instanceof List<?> rows ? rows.stream().filter(Map.class::isInstance)
                .map(row -> Values.text(((Map<?, ?>) row).get("inn"))).filter(Objects::nonNull)
                .map(inn -> inn.replaceAll("\\D", "")).filter(inn -> inn.length() == 10 || inn.length() == 12)
                .distinct().toList() : List.of();
        return all.size() == 1 ? all.get(0) : null;
    }

    /** Whether it has to be read before its partner can be told. */
    boolean isUnknown(@Nullable Long company) {
        return company != null && inn(company) == null;
    }

    @Nullable String inn(@Nullable Long company) {
        return company == null ? null : book.company(company).map(Company::inn).orElse(null);
    }

    @Nullable Long partner(@Nullable Long company) {
        return partners.find(inn(company));
    }

    /** FinTablo's filter where the partner is yet to be found; empty where it is known, or cannot be. */
    Map<String, Object> sought(@Nullable Long company) {
        return partners.sought(inn(company));
    }

    /**
     * Takes over the partner with the company's ИНН; of several the oldest, so that it is always the same one.
     *
     * @return marker and fields of a new one; empty where it was found
     */
    Map<String, Object> found(long company, List<Map<String, Object>> listed) {
        String inn = inn(company);
        return inn == null || partners.take(inn, listed) ? Map.of()
                : FinTabloPartners.missing(inn, book.company(company).map(Company::title).orElse(null));
    }

    void made(long company, Map<String, Object> result) {
        String inn = inn(company);
        if (inn != null) {
            partners.keep(inn, Long.parseLong(result.get("id").toString()));
        }
    }

    /** What a person has to mend, so that the partner can be told. */
    void findings(@Nullable Long company, List<String> findings) {
        if (company != null && inn(company) == null) {
            findings.add("контрагент не указан: в реквизитах компании " + book.company(company).map(Company::title)
                    .map(title -> "«" + title + "»").orElse(company.toString())
                    + " должен стоять один ИНН, заполните его на портале");
        }
    }
}
