package dev.sverka.flows.payments;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Bank operations with what they pay, for the desk and for programs. */
public class OperationList {

    /** Of what fits a text so many of the newest are narrowed further; more than a list may have. */
    private static final int MOST = 20_000;

    private final JdbcClient jdbc;
    private final OperationSearch search;

    OperationList(JdbcClient jdbc, OperationSearch search) {
        this.jdbc = jdbc;
        this.search = search;
    }

    /**
     * Which operations; what is null does not narrow.
     *
     * @param account our bank account
     * @param from first banking day, Europe/Moscow
     * @param to last banking day
     * @param box allocated, classified, review or ignored
     * @param q words of purpose or counterparty or what they begin with, number, ИНН, or a sum such as {@code 45000.00}
     */
    public record Wanted(@Nullable String account, @Nullable LocalDate from, @Nullable LocalDate to,
            @Nullable String box, @Nullable String q) {
    }

    /** An operation in the form of {@code GET /api/operations}; sums with two decimals. */
    public record Shown(long id, String account, String direction, String date, String amount, String currency,
            @Nullable String number, String purpose, @Nullable String counterparty, @Nullable String inn, String box,
            @Nullable String why, List<Map<String, Object>> shares, List<Long> reviews) {
    }

    /** The newest day first. */
    public List<Shown> find(Wanted wanted, int limit) {
        Map<String, Object> named = new HashMap<>();
        List<String> where = new ArrayList<>(List.of("1 = 1"));
        narrow(where, named, "bank_account = :account", "account", wanted.account());
        narrow(where, named, "booked_on >= :from", "from", wanted.from());
        narrow(where, named, "booked_on <= :to", "to", wanted.to());
        if ("review".equals(wanted.box())) {
            where.add("box in ('new', 'review')");
        } else {
            narrow(where, named, "box = :box", "box", wanted.box());
        }
        if (wanted.q() != null && !wanted.q().isBlank()) {
            where.add("id = any(:ids)");
            named.put("ids", search.find(wanted.q(), wanted.from(), wanted.to(), MOST).ids().toArray(Long[]::new));
        }
        named.put("limit", limit);
        List<Shown> found = jdbc.sql("""
                select id, bank_account, direction, booked_on, amount, currency, doc_number, purpose, party_name, party_inn,
                    box, explanation from bank_operation
                where %s order by booked_on desc, id desc limit :limit""".formatted(String.join(" and ", where)))
                .params(named)
                .query((row, number) -> new Shown(row.getLong(1), row.getString(2),
                        row.getString(3).equals("INCOMING") ? "in" : "out", row.getDate(4).toLocalDate().toString(),
                        PortalItem.rubles(row.getLong(5)).toPlainString(), row.getString(6), row.getString(7),
                        row.getString(8), row.getString(9), row.getString(10),
                        row.getString(11).equals("new") ? "review" : row.getString(11), row.getString(12),
                        new ArrayList<>(), new ArrayList<>())).list();
        equip(found);
        return found;
    }

    private static void narrow(List<String> where, Map<String, Object> named, String condition, String name,
            @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            where.add(condition);
            named.put(name, value);
        }
    }

    private void equip(List<Shown> found) {
        if (found.isEmpty()) {
            return;
        }
        Map<Long, Shown> byId = new HashMap<>();
        found.forEach(one -> byId.put(one.id(), one));
        jdbc.sql("""
                select operation_id, payment_id, amount from share
                where operation_id in (:ids) and ended_by is null order by id""").param("ids", byId.keySet())
                .query(row -> {
                    Map<String, Object> share = new LinkedHashMap<>();
                    share.put("payment", row.getLong(2));
                    share.put("amount", PortalItem.rubles(row.getLong(3)).toPlainString());
                    byId.get(row.getLong(1)).shares().add(share);
                });
        jdbc.sql("select operation_id, id from review where operation_id in (:ids) and state = 'open' order by id")
                .param("ids", byId.keySet()).query(row -> {
                    byId.get(row.getLong(1)).reviews().add(row.getLong(2));
                });
    }
}
