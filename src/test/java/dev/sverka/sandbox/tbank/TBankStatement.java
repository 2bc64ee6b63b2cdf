package dev.sverka.sandbox.tbank;

import com.github.tomakehurst.wiremock.http.Request;
import dev.sverka.sandbox.StandIn.Reply;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** {@code GET /api/v1/statement} (tbank.md section 4). */
final class TBankStatement {

    private static final Set<String> ALWAYS = Set.of("operationId", "typeOfOperation", "operationAmount",
            "accountAmount", "rubleAmount", "operationDate", "operationStatus", "trxnPostDate", "authorizationDate",
            "accountNumber");
    private static final List<String> SUMS = List.of("operationAmount", "accountAmount", "rubleAmount");
    private static final String SAME = "SAME";

    private final TBankCompany company;
    private final Clock clock;
    private final TBankSwitches switches;
    private boolean lastIsNull;

    TBankStatement(TBankCompany company, Clock clock) {
        this.company = company;
        this.clock = clock;
        this.switches = company.switches();
    }

    /** What was asked for, proven well formed. */
    private record Query(String account, Instant from, Instant to, String status, int limit, int start,
            boolean withBalances, String rest) {
    }

    /** The contract is broken. */
    private static final class Broken extends RuntimeException {
        Broken(String what) {
            super(what);
        }
    }

    Reply answer(Request request) {
        Query query;
        try {
            query = query(request);
        } catch (Broken broken) {
            return TBankStandIn.error(400, "INVALID_DATA", "Неверные входные параметры запроса", broken.getMessage());
        }
        if (!company.accounts().containsKey(query.account())) {
            return TBankStandIn.error(switches.foreignStatus, switches.foreignStatus == 403 ? "FORBIDDEN"
                    : "INVALID_DATA", "Счёт не найден", "");
        }
        List<Map<String, Object>> found = found(query);
        if (found.size() > switches.tooMany) {
            return TBankStandIn.error(422, "TOO_MANY_OPERATIONS", "Слишком много операций за период", "");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        if (query.withBalances() && switches.balances) {
            body.put("balances", balances(query));
        }
        int end = Math.min(found.size(), query.start() + query.limit());
        body.put("operations", found.subList(Math.min(query.start(), end), end).stream().map(this::told).toList());
        next(body, query, end, found.size());
        Runnable happening = switches.betweenPages;
        if (happening != null && query.start() == 0) {
            switches.betweenPages = null;
            happening.run();
        }
        return Reply.json(200, body);
    }

    /** Beyond the last operation lies the empty page, where one is wanted; the end is told in both ways in turn. */
    private void next(Map<String, Object> body, Query query, int end, int all) {
        if (switches.sameCursor) {
            body.put("nextCursor", SAME);
        } else if (end < all || switches.emptyPage) {
            body.put("nextCursor", cursor(end < all ? end : Math.max(all, query.start()) + 1, query.rest()));
        } else if (lastIsNull) {
            body.put("nextCursor", null);
        }
        lastIsNull = !lastIsNull;
    }

    private Query query(Request request) {
        String account = TBankStandIn.parameter(request, "accountNumber");
        check(account != null && account.matches("\\d{20}"), "accountNumber должен соответствовать ^(\\d{20})$");
        Instant from = moment(request, "from");
        Instant to = TBankStandIn.parameter(request, "to") == null ? clock.instant() : moment(request, "to");
        check(!from.isAfter(to), "from не может быть позже to");
        String status = TBankStandIn.parameter(request, "operationStatus");
        check(status == null || Set.of("All", "Authorization", "Transaction").contains(status),
                "operationStatus должен быть одним из All, Authorization, Transaction");
        String limit = TBankStandIn.parameter(request, "limit");
        check(limit == null || limit.matches("[1-9]\\d{0,3}") && Integer.parseInt(limit) <= switches.largestPage,
                "limit должен быть от 1 до " + switches.largestPage);
        check(!request.queryParameter("categories").isPresent()
                || request.queryParameter("categories").values().size() <= 50, "categories: не больше 50");
        String cursor = TBankStandIn.parameter(request, "cursor");
        String rest = account + from + to + status + limit;
        return new Query(account, from, to, status, limit == null ? 50 : Integer.parseInt(limit),
                cursor == null || cursor.equals(SAME) ? 0 : start(cursor, rest),
                "true".equals(TBankStandIn.parameter(request, "withBalances")) && cursor == null, rest);
    }

    private static Instant moment(Request request, String name) {
        try {
            return Instant.parse(String.valueOf(TBankStandIn.parameter(request, name)));
        } catch (DateTimeParseException broken) {
            throw new Broken(name + " должен быть date-time");
        }
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new Broken(rule);
        }
    }

    /** Opaque; good for a while, and only with the other parameters unchanged. */
    private String cursor(int start, String rest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(
                (start + " " + clock.millis() + " " + rest.hashCode()).getBytes(StandardCharsets.UTF_8));
    }

    private int start(String cursor, String rest) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ");
            check(clock.millis() - Long.parseLong(parts[1]) <= switches.cursorLife.toMillis(), "cursor устарел");
            check(rest.hashCode() == Integer.parseInt(parts[2]), "параметры не те, с которыми получен cursor");
            return Integer.parseInt(parts[0]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException broken) {
            throw new Broken("cursor неверен");
        }
    }

    private List<Map<String, Object>> found(Query query) {
        List<Map<String, Object>> found = new ArrayList<>(company.operations().stream().filter(one ->
                one.get("accountNumber").equals(query.account()) && !date(one).isBefore(query.from())
                        && date(one).isBefore(query.to()) && (query.status() == null || query.status().equals("All")
                        || query.status().equals(one.get("operationStatus")))).toList());
        found.removeIf(one -> switches.unshown.contains(one.get("operationId")));
        List.copyOf(found).stream().filter(one -> switches.shownTwice.contains(one.get("operationId"))).forEach(one -> {
            Map<String, Object> again = new LinkedHashMap<>(one);
            again.put("operationId", "again-" + one.get("operationId"));
            found.add(again);
        });
        found.sort(Comparator.comparing(TBankStatement::date));
        if (switches.shuffled) {
            Collections.shuffle(found, new Random(7));
        }
        return found;
    }

    private static Instant date(Map<String, Object> operation) {
        return Instant.parse(String.valueOf(operation.get("operationDate")));
    }

    /** Of posted operations only. */
    private Map<String, Object> balances(Query query) {
        BigDecimal begin = company.accounts().get(query.account()).opening();
        BigDecimal credit = BigDecimal.ZERO;
        BigDecimal debit = BigDecimal.ZERO;
        for (Map<String, Object> one : company.operations()) {
            BigDecimal sum = new BigDecimal(String.valueOf(one.get("accountAmount")));
            boolean isCredit = "Credit".equals(one.get("typeOfOperation"));
            if (!one.get("accountNumber").equals(query.account())
                    || !"Transaction".equals(one.get("operationStatus")) || !date(one).isBefore(query.to())) {
                continue;
            }
            if (date(one).isBefore(query.from())) {
                begin = isCredit ? begin.add(sum) : begin.subtract(sum);
            } else if (isCredit) {
                credit = credit.add(sum);
            } else {
                debit = debit.add(sum);
            }
        }
        Map<String, Object> balances = new LinkedHashMap<>();
        balances.put("balanceBegin", sum(begin, switches.balancesAsText));
        balances.put("balanceEnd", sum(begin.add(credit).subtract(debit).add(switches.balanceError),
                switches.balancesAsText));
        balances.put("credit", sum(credit, switches.balancesAsText));
        balances.put("debit", sum(debit, switches.balancesAsText));
        return balances;
    }

    private static Object sum(BigDecimal sum, boolean asText) {
        return asText ? sum.setScale(2).toPlainString() : sum;
    }

    private Map<String, Object> told(Map<String, Object> operation) {
        Map<String, Object> told = new LinkedHashMap<>(operation);
        BigDecimal as = switches.shownAs.get(String.valueOf(operation.get("operationId")));
        if (as != null) {
            SUMS.forEach(name -> told.put(name, as));
        }
        if (switches.sumsAsText) {
            SUMS.forEach(name -> told.computeIfPresent(name,
                    (same, value) -> new BigDecimal(value.toString()).setScale(2).toPlainString()));
        }
        if (switches.fractions) {
            told.computeIfPresent("operationDate", (same, value) -> value.toString().replace("Z", ".123Z"));
        }
        if (switches.missingSeed != null) {
            Random dice = new Random(switches.missingSeed ^ operation.get("operationId").hashCode());
            told.keySet().removeIf(name -> !ALWAYS.contains(name) && dice.nextInt(3) == 0);
        }
        return told;
    }
}
