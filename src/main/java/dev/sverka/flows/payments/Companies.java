package dev.sverka.flows.payments;

import dev.sverka.flows.matching.Debtors;
import dev.sverka.flows.matching.Own;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The portal's companies and the ИНН of their requisites. Joins the running transaction. */
final class Companies {

    private final JdbcClient jdbc;
    private final Own own;

    Companies(JdbcClient jdbc, Own own) {
        this.jdbc = jdbc;
        this.own = own;
    }

    /** Takes over a company and its requisites. @return the customers it is or was */
    Set<String> see(Map<String, Object> company) {
        long id = PortalItem.number(company.get("id"));
        Set<String> customers = new TreeSet<>(keysOf(id));
        jdbc.sql("delete from requisite where company_id = ?").param(id).update();
        jdbc.sql("delete from company where id = ?").param(id).update();
        if (Boolean.TRUE.equals(company.get("deleted"))) {
            return customers;
        }
        String title = PortalItem.text(company.get("title"));
        jdbc.sql("insert into company (id, title, mine, name_key) values (?, ?, ?, ?)")
                .params(Arrays.asList(id, Operations.cut(title, 300), Boolean.TRUE.equals(company.get("isMyCompany")),
                        CustomerKeys.ofName(title))).update();
        requisites(company).forEach((inn, kpp) -> {
            jdbc.sql("insert into requisite (company_id, inn, kpp) values (?, ?, ?)")
                    .params(Arrays.asList(id, inn, kpp == null || kpp.length() > 9 ? null : kpp)).update();
        });
        customers.addAll(keysIn(company));
        return customers;
    }

    /** Companies that a version before names were compared has taken over. */
    void fillNames() {
        jdbc.sql("select id, title from company where name_key is null and title is not null").query((row, number) ->
                Arrays.asList(CustomerKeys.ofName(row.getString(2)), row.getLong(1))).list().stream()
                .filter(row -> row.get(0) != null)
                .forEach(row -> jdbc.sql("update company set name_key = ? where id = ?").params(row).update());
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

    /** The customers that a company's row of the portal makes it, by {@link CustomerKeys}. */
    static Set<String> keysIn(Map<String, Object> company) {
        Set<String> keys = new TreeSet<>(requisites(company).keySet());
        String name = CustomerKeys.ofName(PortalItem.text(company.get("title")));
        if (name != null) {
            keys.add(name);
        }
        return keys;
    }

    /** The customers that a company is, by {@link CustomerKeys}. */
    Set<String> keysOf(@Nullable Long company) {
        Set<String> keys = new TreeSet<>(innsOf(company));
        if (company != null) {
            keys.addAll(jdbc.sql("select name_key from company where id = ? and name_key is not null").param(company)
                    .query(String.class).list());
        }
        return keys;
    }

    /** Whose a payment is, by {@link CustomerKeys}. */
    Set<String> customersOf(PaymentRow payment) {
        return customersOf(payment.company(), payment.details().get("method"));
    }

    /** An order by card may be in a register of each of our banks. */
    Set<String> customersOf(@Nullable Long company, @Nullable Object method) {
        Set<String> customers = keysOf(company);
        if (PaymentMirror.CARD.equals(method)) {
            own.banks().forEach(bank -> customers.add(bank.inn()));
        }
        return customers;
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
                where o.party_account = ? and o.by_person > '' and o.direction = 'INCOMING'
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
                select w.account from (
                    select distinct o.party_account as account from operation_customer c
                    join bank_operation o on o.id = c.operation_id and o.party_account = c.customer
                    where o.party_inn is null and o.direction = 'INCOMING') w
                where exists (
                    select 1 from bank_operation o
                    join share s on s.operation_id = o.id and s.ended_by is null
                    join decision d on d.id = s.begun_by and d.by_person is not null
                    join payment p on p.id = s.payment_id
                    join requisite r on r.company_id = p.company_id
                    where o.party_account = w.account and o.by_person > '' and o.direction = 'INCOMING' and r.inn = ?
                        and not exists (select 1 from account_untaught u where u.operation_id = o.id))""")
                .param(inn).query(String.class).list();
    }

    /** ИНН of the companies that are called so, or that people have confirmed for a payer's account. */
    Set<String> innsBehind(String customer) {
        if (CustomerKeys.isInn(customer)) {
            return Set.of();
        }
        Set<String> inns = new TreeSet<>(confirmedFor(customer));
        inns.addAll(jdbc.sql("""
                select distinct r.inn from company c join requisite r on r.company_id = c.id where c.name_key = ?""")
                .param(customer).query(String.class).list());
        return inns;
    }

    /** What is known of customers, for whoever is to tell whose an operation is. */
    Debtors.Directory directory() {
        return new Debtors.Directory() {
            @Override
            public boolean isCustomer(String inn) {
                return jdbc.sql("""
                        select count(*) from payment p join requisite r on r.company_id = p.company_id
                        where r.inn = ? and p.deleted = false""").param(inn).query(Long.class).single() > 0;
            }

            @Override
            public Set<String> confirmedFor(String account) {
                return Set.copyOf(Companies.this.confirmedFor(account));
            }

            @Override
            public Map<String, String> bearers(String key) {
                Map<String, String> bearers = new HashMap<>();
                jdbc.sql("""
                        select c.id, c.title, r.inn from company c left join requisite r on r.company_id = c.id
                        where c.name_key = ? and exists (
                            select 1 from payment p where p.company_id = c.id and p.deleted = false)""")
                        .param(CustomerKeys.ofNameKey(key))
                        .query(row -> {
                            String inn = row.getString(3);
                            bearers.put(inn == null ? "company " + row.getLong(1) : inn, row.getString(2));
                        });
                return bearers;
            }
        };
    }
}
