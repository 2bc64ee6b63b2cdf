package dev.sverka.bench;

import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Fills a store with what years of a company leave: for each ten operations a payment, for each one an entry. */
final class DeskFill {

    private static final long DAY = 86_400_000;

    private final JdbcClient jdbc;
    private final boolean h2;
    private final long operations;
    private final long payments;

    DeskFill(JdbcClient jdbc, boolean h2, long operations) {
        this.jdbc = jdbc;
        this.h2 = h2;
        this.operations = operations;
        this.payments = operations / 10;
    }

    void fill() {
        companies();
        operations();
        questions();
        journal();
        jdbc.sql(h2 ? "analyze" : "vacuum analyze").update();
        words();
    }

    /** The daemon takes words by itself, beside its work; the last minute's are left out. */
    private void words() {
        long start = System.nanoTime();
        while (jdbc.sql("select count(*) from (select id from payment where worded = false union all"
                + " select id from company where worded = false union all select id from operation_version where id > ("
                + "select coalesce(max(version_id), 0) from search_cursor) limit 11) late").query(Long.class).single() > 10) {
            LockSupport.parkNanos(200_000_000);
        }
        System.out.println("words taken in " + (System.nanoTime() - start) / 1_000_000_000 + " s, "
                + jdbc.sql("select count(*) from search_word").query(Long.class).single() + " rows");
        jdbc.sql(h2 ? "analyze" : "vacuum analyze").update();
    }

    private String numbers(long most) {
        return h2 ? "system_range(1, " + most + ")" : "generate_series(cast(1 as bigint), " + most + ") g(x)";
    }

    private void put(String into, String values, long most) {
        long start = System.nanoTime();
        jdbc.sql("insert into " + into + " select " + values + " from " + numbers(most)).update();
        System.out.println("filled " + into.replaceFirst(" .*", "") + " in " + (System.nanoTime() - start) / 1_000_000_000
                + " s");
    }

    private void companies() {
        long companies = Math.max(100, payments / 10);
        put("company (id, title, mine)", "x, 'ООО Покупатель ' || x, false", companies);
        put("requisite (company_id, inn)", "x, cast(7700000000 + x as varchar(12))", companies);
        put("payment (id, pipeline, stage, title, number, number_key, invoice_date, amount, currency, company_id,"
                + " seen_paid, deleted)", "x, 'in', 'paid', 'Счёт № С-' || x, 'С-' || x, 'С' || x, current_date -"
                + " cast(mod(x, 1000) as int), mod(x, 90000) * 100 + 100, 'RUB', mod(x, " + companies + ") + 1, 0, false",
                payments);
    }

    private void operations() {
        String box = "case when mod(x, 500) = 0 then 'review' when mod(x, 10) < 7 then 'allocated'"
                + " when mod(x, 10) = 7 then 'ignored' else 'classified' end";
        put("bank_operation (source, version, bank_account, direction, amount, currency, booked_on, doc_number, purpose,"
                + " party_inn, party_name, party_account, box, explanation)", "'tbank.main', cast(x as varchar(20)),"
                + " '4070281000000000000' || mod(x, 5), case when mod(x, 3) = 0 then 'OUTGOING' else 'INCOMING' end,"
                + " mod(x, 90000) * 100 + 100, 'RUB', current_date - cast((" + operations + " - x) * 1000 / " + operations
                + " as int), cast(mod(x, 10000) as varchar(10)), 'Оплата по счету № С-' || x || ' за услуги, заказ ' ||"
                + " mod(x, 50000) || ', без налога (НДС)', cast(7700000000 + mod(x, 10000) as varchar(12)),"
                + " 'ООО Покупатель ' || mod(x, 10000), '40702810000000' || (100000 + mod(x, 10000)), " + box
                + ", 'в назначении назван счёт № С-' || x", operations);
        long now = System.currentTimeMillis();
        String at = now + " - (" + operations + " - x) * " + 1000 * DAY / operations;
        put("operation_version (operation_id, number, source, source_id, hash, told_at, direction, amount, currency,"
                + " booked_on, purpose)", "x, 1, 'tbank.main', 's' || x, 'h', " + at
                + ", 'INCOMING', 100, 'RUB', current_date, 'Оплата'", operations);
        put("decision (at, operation_id, operation_version, rule, rule_version, why)", at + ", x, 1, 'invoice-number', '1',"
                + " 'в назначении назван счёт'", operations);
        long shares = operations / 10 * 7;
        put("share (operation_id, payment_id, amount, begun_by, written, told, end_told)", "x, mod(x, " + payments
                + ") + 1, 100, x, true, true, true", shares);
    }

    private void questions() {
        String candidates = "'[{\"payment\":{\"id\":1,\"title\":\"Счёт № С-1\",\"rest\":\"100.00\"},\"for\":[\"ИНН совпадает\"],"
                + "\"against\":[],\"amount\":\"1.00\"},{\"payment\":{\"id\":2,\"title\":\"Счёт № С-2\",\"rest\":\"100.00\"},"
                + "\"for\":[\"ИНН совпадает\"],\"against\":[\"сумма другая\"]}]'";
        put("review (kind, operation_id, state, read_json, candidates_json, asked_at)", "'operation', x * 500, 'open', '[]', "
                + candidates + ", " + System.currentTimeMillis() + " - x * 1000", operations / 500);
        put("review (kind, operation_id, state, read_json, candidates_json, decision_json, decided_by, asked_at)",
                "'proposal', x, 'decided', '[]', " + candidates
                + ", '{\"allocations\":[{\"payment\":1,\"amount\":1.00}]}', 'Анна', 1", Math.min(5000, operations / 10));
    }

    private void journal() {
        long now = System.currentTimeMillis();
        put("entry (flow, account, order_key, subject, payload, headers, state, due_at, accepted_at, ended_at)",
                "'bank-operation', 'bitrix24.main', cast(mod(x, 10000) as varchar(10)), 's', '{}', '{}', 'done', 0, "
                + now + " - x, " + now, operations);
        put("intent (account, target, item, marker, content, result, opened_at, closed_at)", "'bitrix24.main',"
                + " 'bitrix24:payment/comment', 'payment ' || x, 'sverka:bank-operation:tbank.main:' || x, '{}', '{}', 1, 2",
                payments);
        put("audit (at, account, entity, item, field, from_value, to_value, because, intent)", "1, 'bitrix24.main', 'payment',"
                + " cast(x as varchar(20)), 'paid', '0.00', '1.00', '[{\"rule\":\"invoice-number\"}]', x", payments);
    }
}
