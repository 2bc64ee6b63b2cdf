package dev.sverka.sandbox;

import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.tbank.TBankCompany;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import dev.sverka.sandbox.tbank.TBankStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Six weeks of the agency and of its support company, from the tables in {@code sandbox/month}: what a bookkeeper sees,
 * the easy and the awkward. Dates count back from today, all else is the same on every day.
 */
final class WholeMonth {

    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final Pattern DATE = Pattern.compile("\\{(-\\d+|[^}]+)}");
    private static final String LATER = "later";

    private final Portal portal;
    private final TBankCompany agency;
    private final TBankCompany support;
    private final LocalDate today;
    private final Map<String, Party> parties = new HashMap<>();
    private final Map<String, Integer> companies = new HashMap<>();
    private final Map<String, Integer> deals = new HashMap<>();
    private final Map<String, String> dealCompanies = new HashMap<>();
    private final Map<String, LocalDate> invoices = new HashMap<>();
    private final Map<String, String> named = new HashMap<>();
    private final List<Runnable> later = new ArrayList<>();

    private WholeMonth(Portal portal, TBankCompany agency, TBankCompany support, LocalDate today) {
        this.portal = portal;
        this.agency = agency;
        this.support = support;
        this.today = today;
    }

    /** The support company as the bank knows it. */
    static Party supportCompany() {
        return rows("parties").stream().filter(row -> row[0].equals("own-support")).map(WholeMonth::party).findFirst()
                .orElseThrow();
    }

    /** The agency's second account. */
    static String reserve() {
        return rows("parties").stream().filter(row -> row[0].equals("own-reserve")).map(row -> row[4]).findFirst()
                .orElseThrow();
    }

    /**
     * Puts it in place.
     *
     * @param ours id of the agency's own company on the portal
     * @return what has yet to happen, to be run one after another
     */
    static List<Runnable> seed(Portal portal, TBankStandIn bank, TBankCompany support, int ours, LocalDate today) {
        WholeMonth month = new WholeMonth(portal, bank.company(), support, today);
        month.companies.put("a", ours);
        month.parties();
        month.deals();
        month.payments();
        month.operations();
        month.surprises();
        return month.later;
    }

    static List<String[]> rows(String table) {
        try (InputStream file = Objects.requireNonNull(
                WholeMonth.class.getResourceAsStream("/sandbox/month/" + table + ".csv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).map(line -> line.split(";", -1)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Party party(String[] row) {
        return new Party(row[2].isEmpty() ? null : row[2], row[3].isEmpty() ? null : row[3], row[1], row[4]);
    }

    private void parties() {
        for (String[] row : rows("parties")) {
            Party party = party(row);
            parties.put(row[0], party);
            if (row[5].equals("yes")) {
                companies.put(row[0], portal.company(party.name(), party.inn(), party.kpp(), false));
            }
        }
        Party own = parties.get("own-support");
        companies.put("b", portal.company(own.name(), own.inn(), own.kpp(), true));
    }

    private void deals() {
        for (String[] row : rows("deals")) {
            dealCompanies.put(row[0], row[2]);
            deals.put(row[0], portal.deal(row[1], companies.get(row[2]), new BigDecimal(row[3])));
        }
    }

    private void payments() {
        for (String[] row : rows("payments")) {
            LocalDate day = today.minusDays(Long.parseLong(row[4]));
            invoices.put(row[0], day);
            portal.payment(row[1].equals("in") ? Portal.IN : Portal.OUT, row[0], day, new BigDecimal(row[5]),
                    companies.get(dealCompanies.get(row[3])), companies.get(row[2]), deals.get(row[3]));
        }
    }

    private void operations() {
        for (String[] row : rows("operations")) {
            if (row[0].equals(LATER)) {
                later.add(() -> post(row, agency.now()));
            } else {
                String id = post(row, moment(row[0]));
                if (!row[8].isEmpty()) {
                    named.put(row[8], id);
                }
            }
        }
    }

    /** @param when days ago, perhaps with a time in Moscow */
    private Instant moment(String when) {
        String[] parts = when.split(" ");
        LocalTime time = parts.length > 1 ? LocalTime.parse(parts[1]) : LocalTime.of(10, 30);
        return today.minusDays(Long.parseLong(parts[0])).atTime(time).atZone(MOSCOW).toInstant();
    }

    private String post(String[] row, Instant at) {
        TBankCompany company = row[1].equals("b") ? support : agency;
        String account = switch (row[1]) {
            case "a" -> AgencyMonth.OWN_ACCOUNT;
            case "a2" -> reserve();
            default -> supportCompany().account();
        };
        return company.post(account, row[2].equals("in") ? "Credit" : "Debit", row[3], at, new BigDecimal(row[5]),
                parties.get(row[4]), row[6].isEmpty() ? null : row[6], written(row[7]), further(row));
    }

    /** What a card purchase and a tax payment have besides. */
    private static Map<String, Object> further(String[] row) {
        if (row[3].equals("cardOperation")) {
            String shop = row[7].replaceAll("Оплата в (.+) по карте.*", "$1");
            return Map.of("cardNumber", "220070******0001", "ucid", 1000000001, "mcc", "5812", "description",
                    shop + " MOSCOW RUS", "merch", new LinkedHashMap<>(Map.of("name", shop, "city", "MOSCOW")));
        }
        return row[3].equals("tax") ? Map.of("tax", new LinkedHashMap<>(Map.of("kbk", "18201061201010000510", "oktmo",
                "0", "payerStatus", "01", "evidence", "0", "period", "0", "docNumber", "0", "docDate", "0")))
                : Map.of();
    }

    /** The date of an invoice stands as {@code {number}}, any other as {@code {-days}}. */
    private String written(String purpose) {
        return DATE.matcher(purpose).replaceAll(date -> Matcher.quoteReplacement(DAY.format(
                date.group(1).startsWith("-") ? today.plusDays(Long.parseLong(date.group(1)))
                        : Objects.requireNonNull(invoices.get(date.group(1)), date.group(1)))));
    }

    /** What banks do to operations that are long booked. */
    private void surprises() {
        later.add(() -> agency.post(AgencyMonth.OWN_ACCOUNT, "Credit", "contragentIncome", moment("4 17:20"),
                new BigDecimal("240000.00"), parties.get("veter"), "1412",
                written("Оплата по счету № МК-34 от {МК-34}. НДС не облагается"), Map.of()));
        later.add(() -> agency.edit(named.get("wrong-number"), "payPurpose",
                written("Оплата по счету № МК-41 от {МК-41} за личный кабинет ученика. Без НДС")));
        later.add(() -> agency.withdraw(named.get("paid-twice")));
        later.add(() -> agency.reverse(named.get("returned"), agency.now()));
        later.add(agency::driftOvernight);
        later.add(() -> named.put("hold", agency.hold(agency.now(), new BigDecimal("1250.00"), "KAFE UCHEBNOE")));
        later.add(() -> agency.settle(named.get("hold"), agency.now(), false));
    }
}
