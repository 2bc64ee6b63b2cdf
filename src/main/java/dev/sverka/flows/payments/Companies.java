package dev.sverka.flows.payments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import dev.sverka.flows.matching.Matcher;
import dev.sverka.flows.matching.Own;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The portal's companies and the ИНН of their requisites. Joins the running transaction. */
final class Companies {

    private final JdbcClient jdbc;

    Companies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes over a company and its requisites. @return the ИНН it has or had */
    List<String> see(Map<String, Object> company) {
        long id = PortalItem.number(company.get("id"));
        List<String> inns = new ArrayList<>(innsOf(id));
        jdbc.sql("delete from requisite where company_id = ?").param(id).update();
        jdbc.sql("delete from company where id = ?").param(id).update();
        if (Boolean.TRUE.equals(company.get("deleted"))) {
            return inns;
        }
        String title = PortalItem.text(company.get("title"));
        jdbc.sql("insert into company (id, title, mine) values (?, ?, ?)")
                .params(Arrays.asList(id, Operations.cut(title, 300),
                        Boolean.TRUE.equals(company.get("isMyCompany")))).update();
        requisites(company).forEach((inn, kpp) -> {
            jdbc.sql("insert into requisite (company_id, inn, kpp) values (?, ?, ?)")
                    .params(Arrays.asList(id, inn, kpp == null || kpp.length() > 9 ? null : kpp)).update();
            inns.add(inn);
        });
        return inns.stream().distinct().toList();
    }

    /** КПП by ИНН; null where there is none. */
    private static Map<String, @Nullable String> requisites(Map<String, Object> company) {
        Map<String, @Nullable String> found = new java.util.LinkedHashMap<>();
        if (company.get("requisites") instanceof List<?> rows) {
            for (Object row : rows) {
                String inn = row instanceof Map<?, ?> map ? PortalItem.text(map.get("inn")) : null;
                if (inn != null && inn.length() <= 12) {
                    found.put(inn, PortalItem.text(((Map<?, ?>) row).get("kpp")));
                }
            }
        }
        return found;
    }

    /** The ИНН that a company's row of the portal names. */
    static List<String> innsIn(Map<String, Object> company) {
        return List.copyOf(requisites(company).keySet());
    }

    List<String> innsOf(@Nullable Long company) {
        return company == null ? List.of() : jdbc.sql("""
                select distinct inn from requisite where company_id = ? order by inn""").param(company)
                .query(String.class).list();
    }

    boolean isKnown(long company) {
        return jdbc.sql("select count(*) from company where id = ?").param(company).query(Long.class).single() > 0;
    }

    /**
     * Customers whom people have confirmed for a payer's account: those whose payments a person gave its money to. A
     * decision that is taken back takes the knowledge with it.
     */
    List<String> confirmedFor(@Nullable String account) {
        if (account == null) {
            return List.of();
        }
        return jdbc.sql("""
                select distinct r.inn from bank_operation o
                join share s on s.operation_id = o.id and s.ended_by is null
                join decision d on d.id = s.begun_by and d.by_person is not null
                join payment p on p.id = s.payment_id
                join requisite r on r.company_id = p.company_id
                where o.party_account = ? and o.direction = 'INCOMING'
                    and not exists (select 1 from account_untaught u where u.operation_id = o.id)
                order by r.inn""").param(account)
                .query(String.class).list();
    }

    /** What people say of an operation teaches nothing of its account. */
    void untaught(long operation, String by, long at) {
        taught(operation);
        jdbc.sql("insert into account_untaught (operation_id, by_person, at) values (?, ?, ?)")
                .params(operation, Operations.cut(by, 80), at).update();
    }

    /** What people say of an operation teaches whose its account is. */
    void taught(long operation) {
        jdbc.sql("delete from account_untaught where operation_id = ?").param(operation).update();
    }

    /** Accounts without an ИНН of their own whose waiting operations people's decisions have tied to a customer. */
    List<String> accountsOf(String inn) {
        return jdbc.sql("""
                select distinct w.party_account from bank_operation w
                where w.box in ('new', 'review') and w.by_person is null and w.party_inn is null
                    and w.direction = 'INCOMING' and exists (
                        select 1 from bank_operation o
                        join share s on s.operation_id = o.id and s.ended_by is null
                        join decision d on d.id = s.begun_by and d.by_person is not null
                        join payment p on p.id = s.payment_id
                        join requisite r on r.company_id = p.company_id
                        where o.party_account = w.party_account and o.direction = 'INCOMING' and r.inn = ?
                            and not exists (select 1 from account_untaught u where u.operation_id = o.id))""")
                .param(inn).query(String.class).list();
    }

    /** Other companies that an incoming operation's purpose names by ИНН: somebody else may pay for them. */
    List<String> namedIn(StoredOperation operation, Own own) {
        return Matcher.innsIn(operation.purpose()).stream().distinct().filter(inn -> !inn.equals(operation.partyInn())
                && !own.isCompany(inn) && !own.isBank(inn)).toList();
    }

    /** Whether the portal has payments of a company with the ИНН. */
    boolean isCustomer(String inn) {
        return jdbc.sql("""
                select count(*) from payment p join requisite r on r.company_id = p.company_id
                where r.inn = ? and p.deleted = false""").param(inn).query(Long.class).single() > 0;
    }
}
