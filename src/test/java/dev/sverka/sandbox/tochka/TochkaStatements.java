package dev.sverka.sandbox.tochka;

import com.github.tomakehurst.wiremock.http.Request;
import dev.sverka.sandbox.StandIn.Reply;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Statements that are ordered, made and kept for a day (tochka.md section 6.1). */
final class TochkaStatements {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx")
            .withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final TochkaSwitches switches;
    private final List<Made> made = new ArrayList<>();

    /** One statement. @param error whether the bank will not make it */
    private record Made(String id, String account, LocalDate from, LocalDate to, Instant at, Duration making,
            boolean error, BigDecimal opening, BigDecimal closing, List<Map<String, Object>> rows) {

        long days() {
            return ChronoUnit.DAYS.between(from, to) + 1;
        }
    }

    TochkaStatements(Clock clock, TochkaSwitches switches) {
        this.clock = clock;
        this.switches = switches;
    }

    /** The account that an order is about; empty where it names none. */
    static Optional<String> account(Request request) {
        try {
            return Optional.of(JSON.readTree(request.getBodyAsString()).path("Data").path("Statement")
                    .path("accountId").asString("")).filter(id -> !id.isEmpty());
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    synchronized Reply order(TochkaCompany company, String number, Request request) {
        JsonNode asked = JSON.readTree(request.getBodyAsString()).path("Data").path("Statement");
        LocalDate from;
        LocalDate to;
        try {
            from = LocalDate.parse(asked.path("startDateTime").asString(""));
            to = LocalDate.parse(asked.path("endDateTime").asString(""));
        } catch (DateTimeException noDay) {
            return TochkaStandIn.error(switches, 400, "Validation Error", "invalid date: Data.Statement");
        }
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        LocalDate today = LocalDate.ofInstant(clock.instant(), TochkaCompany.MOSCOW);
        if (days < 1 || to.isAfter(today) || days > switches.refusedAbove) {
            return TochkaStandIn.error(switches, 400, "Validation Error", "wrong period: Data.Statement");
        }
        BigDecimal opening = company.balance(number, from);
        List<Map<String, Object>> rows = company.postings(number, from, to);
        BigDecimal off = switches.contradictions-- > 0 ? switches.balanceError : BigDecimal.ZERO;
        Made one = new Made(UUID.randomUUID().toString(), number, from, to, clock.instant(), switches.making,
                days > switches.errorAbove, opening, opening.add(TochkaCompany.sum(rows)).add(off), shown(rows));
        made.add(one);
        Map<String, Object> told = head(one, "Created", switches.behind);
        if (switches.idMissing) {
            told.remove("statementId");
        }
        return TochkaStandIn.data(Map.of("Statement", told));
    }

    private List<Map<String, Object>> shown(List<Map<String, Object>> rows) {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            String id = String.valueOf(row.get("transactionId"));
            Map<String, Object> one = new LinkedHashMap<>(row);
            if (switches.shownAs.containsKey(id)) {
                Map<Object, Object> sums = new LinkedHashMap<>((Map<?, ?>) one.get("Amount"));
                sums.put("amount", switches.shownAs.get(id));
                one.put("Amount", sums);
            }
            if (!switches.unshown.contains(id)) {
                shown.add(one);
            }
            if (switches.shownTwice.contains(id)) {
                Map<String, Object> again = new LinkedHashMap<>(one);
                again.put("transactionId", "again-" + id);
                again.put("paymentId", "again-" + one.get("paymentId"));
                shown.add(again);
            }
        }
        return shown;
    }

    synchronized Reply list(List<String> accounts, int limit) {
        List<Map<String, Object>> told = new ArrayList<>();
        for (int i = made.size() - 1; i >= 0 && told.size() < limit; i--) {
            Made one = made.get(i);
            if (accounts.contains(one.account()) && !isGone(one)) {
                told.add(head(one, status(one), switches.behind));
            }
        }
        return TochkaStandIn.data(Map.of("Statement", told));
    }

    synchronized Reply read(String account, String id) {
        Optional<Made> found = made.stream().filter(one -> one.id().equals(id) && one.account().equals(account))
                .findFirst();
        if (found.isEmpty()) {
            return TochkaStandIn.error(switches, 404, "HTTPNotFound", "statement not found");
        }
        Made one = found.get();
        if (isGone(one)) {
            return TochkaStandIn.error(switches, switches.goneStatus, "HTTPNotFound", "statement older than 24 hours");
        }
        String status = status(one);
        Map<String, Object> told = head(one, status, switches.behind);
        if (status.equals("Ready")) {
            if (!switches.balancesMissing) {
                told.put("startDateBalance", one.opening());
                told.put("endDateBalance", one.closing());
            }
            told.put("Transaction", one.rows());
        }
        return TochkaStandIn.data(Map.of("Statement", switches.object ? told : List.of(told)));
    }

    private boolean isGone(Made one) {
        return clock.instant().isAfter(one.at().plus(switches.kept));
    }

    private String status(Made one) {
        Duration age = Duration.between(one.at(), clock.instant());
        if (switches.neverReady || age.compareTo(one.making()) < 0) {
            return age.multipliedBy(2).compareTo(one.making()) < 0 ? "Created" : "Processing";
        }
        return one.error() ? "Error" : "Ready";
    }

    private static Map<String, Object> head(Made one, String status, Duration behind) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("accountId", one.account() + "/" + TochkaCompany.BIC);
        told.put("statementId", one.id());
        told.put("status", status);
        told.put("startDateTime", one.from().toString());
        told.put("endDateTime", one.to().toString());
        told.put("creationDateTime", MOMENT.format(one.at().minus(behind)));
        return told;
    }

    /** The periods that were ordered so far, oldest first, as {@code account from to}. */
    synchronized List<String> ordered() {
        return made.stream().map(one -> one.account() + " " + one.from() + " " + one.to()).toList();
    }

    /** How many days the longest of them had. */
    synchronized long longest() {
        return made.stream().mapToLong(Made::days).max().orElse(0);
    }
}
