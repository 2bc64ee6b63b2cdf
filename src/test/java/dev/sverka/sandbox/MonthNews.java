package dev.sverka.sandbox;

import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.tbank.TBankCompany;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import dev.sverka.sandbox.tochka.TochkaCompany;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What each day brings the agency, so made that nobody has to be asked, but for money of strangers; and the oracle: what
 * each invoice has to show for it, kept by the one who pays.
 */
public final class MonthNews {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    private final Sandbox sandbox;
    private final Portal portal;
    private final TBankCompany bank;
    private final Random dice;
    private final int agency;
    private final int support;
    private final Map<String, BigDecimal> sums = new TreeMap<>();
    private final Map<String, BigDecimal> paid = new TreeMap<>();
    private List<Runnable> tomorrow = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private Invoice overnight;
    /** What the bank called operations yesterday, and what it calls them now. */
    private Map<String, String> renamed = Map.of();
    private final List<String> tonight = new ArrayList<>();
    private int day;
    private int documents = 2000;

    private record Invoice(String number, LocalDate on, BigDecimal sum, Party customer) {
    }

    public MonthNews(Sandbox sandbox, Random dice) {
        this.sandbox = sandbox;
        this.portal = sandbox.portal();
        this.bank = sandbox.tbank().company();
        this.dice = dice;
        agency = ours(AgencyMonth.OWN_INN);
        support = ours(WholeMonth.supportCompany().inn());
    }

    private int ours(String inn) {
        return portal.items(Portal.PAYMENTS).stream().map(one -> ((Number) one.get("mycompanyId")).intValue())
                .filter(one -> inn.equals(portal.inn(one))).findFirst().orElseThrow();
    }

    /** What was to be heard today, and a new customer with invoices, one of them paid at once. */
    public void morning() {
        day++;
        List<Runnable> due = tomorrow;
        tomorrow = new ArrayList<>();
        due.forEach(Runnable::run);
        String three = String.format("%03d", day);
        Party customer = new Party(AgencyMonth.inn("009903" + three), "009901002", "ООО «Заказчик " + three + "»",
                "40702810600000883" + three);
        int company = portal.company(customer.name(), customer.inn(), customer.kpp(), false);
        int deal = portal.deal("Проект " + three, company, new BigDecimal("500000.00"));
        String edited = pays(invoice("ДН-" + three + "1", customer, company, deal), null);
        if (day % 4 == 0) {
            tomorrow.add(() -> bank.edit(edited, "priority", 3));
        }
        inHalves(invoice("ДН-" + three + "2", customer, company, deal));
        if (day % 3 == 0) {
            taken(invoice("ДН-" + three + "3", customer, company, deal));
        }
        if (day % 2 == 0) {
            late(invoice("ДН-" + three + "4", customer, company, deal));
        }
        overnight = invoice("ДН-" + three + "5", customer, company, deal);
        outgoing(three);
        if (day % 3 == 1) {
            atTheOtherBank(three);
        }
    }

    /** Taxes and fees, and now and then money of somebody whom nobody knows. */
    public void noon() {
        Party treasury = new Party(AgencyMonth.inn("009900990"), null, "Казначейство России (ФНС России)",
                "03100643000000018500");
        bank.debit(today(), new BigDecimal(1000 + dice.nextInt(9000)), treasury, "tax", document(), "Единый налоговый платёж");
        if (day % 5 == 2) {
            Party stranger = new Party(AgencyMonth.inn("00990" + (4000 + day)), "009901002",
                    "ООО «Незнакомец " + day + "»", "4070281060000088" + (4000 + day));
            strangers.add(bank.credit(today(), sum(), stranger, document(), "Оплата по договору. НДС не облагается"));
        }
    }

    /** Money that comes so late that the bank renames it overnight, and a purchase that is only held. */
    public void evening() {
        tonight.add(pays(overnight, null));
        if (day % 3 == 0) {
            String held = bank.hold(bank.now(), new BigDecimal(100 + dice.nextInt(900)), "KAFE UCHEBNOE");
            tonight.add(held);
            tomorrow.add(() -> bank.settle(renamed.getOrDefault(held, held), bank.now(), false));
        }
    }

    /** What was made after ten gets another id, once. */
    public void night() {
        renamed = new TreeMap<>();
        tonight.forEach(id -> renamed.put(id, bank.drift(id)));
        tonight.clear();
    }

    private Invoice invoice(String number, Party customer, int company, int deal) {
        Invoice invoice = new Invoice(number, today(), sum(), customer);
        portal.payment(Portal.IN, number, invoice.on(), invoice.sum(), company, agency, deal);
        sums.put(number, invoice.sum());
        paid.put(number, BigDecimal.ZERO.setScale(2));
        return invoice;
    }

    /** @param part of the sum; null for all of it @return the operation's id */
    private String pays(Invoice invoice, BigDecimal part) {
        BigDecimal amount = part == null ? invoice.sum() : part;
        paid.merge(invoice.number(), amount, BigDecimal::add);
        return bank.credit(today(), amount, invoice.customer(), document(), purpose(invoice));
    }

    private static String purpose(Invoice invoice) {
        return "Оплата по счету № " + invoice.number() + " от " + DAY.format(invoice.on())
                + " за сопровождение. НДС не облагается";
    }

    private void inHalves(Invoice invoice) {
        BigDecimal half = invoice.sum().movePointLeft(1).setScale(2, RoundingMode.DOWN);
        pays(invoice, half);
        tomorrow.add(() -> pays(invoice, invoice.sum().subtract(half)));
    }

    /** Paid, and the bank takes it back on the next day. */
    private void taken(Invoice invoice) {
        String id = pays(invoice, null);
        tomorrow.add(() -> {
            bank.withdraw(id);
            paid.put(invoice.number(), BigDecimal.ZERO.setScale(2));
        });
    }

    /** The bank tells of it two days after it was booked. */
    private void late(Invoice invoice) {
        LocalDate booked = today();
        tomorrow.add(() -> tomorrow.add(() -> {
            paid.merge(invoice.number(), invoice.sum(), BigDecimal::add);
            bank.credit(booked, invoice.sum(), invoice.customer(), document(), purpose(invoice));
        }));
    }

    private void outgoing(String three) {
        Party supplier = new Party(AgencyMonth.inn("009905" + three), "009901002", "ООО «Поставщик " + three + "»",
                "40702810600000885" + three);
        int company = portal.company(supplier.name(), supplier.inn(), supplier.kpp(), false);
        int deal = portal.deal("Серверы " + three, company, new BigDecimal("100000.00"));
        String number = "ПС-" + three;
        BigDecimal sum = sum();
        portal.payment(Portal.OUT, number, today(), sum, company, agency, deal);
        sums.put(number, sum);
        paid.put(number, sum);
        bank.debit(today(), sum, supplier, "contragentOutcome", document(), "Оплата по счету " + number + " от "
                + DAY.format(today()) + " за аренду сервера. НДС не облагается");
    }

    private void atTheOtherBank(String three) {
        TochkaCompany.Party customer = new TochkaCompany.Party(AgencyMonth.inn("009906" + three), "009901002",
                "ООО «Подписчик " + three + "»", "40702810600000886" + three);
        int company = portal.company(customer.name(), customer.inn(), customer.kpp(), false);
        int deal = portal.deal("Поддержка " + three, company, new BigDecimal("100000.00"));
        String number = "ТН-" + three;
        BigDecimal sum = sum();
        portal.payment(Portal.IN, number, today(), sum, company, support, deal);
        sums.put(number, sum);
        paid.put(number, sum);
        sandbox.tochka().company().credit(today(), sum, customer, document(), "Оплата по счету № " + number + " от "
                + DAY.format(today()) + " за сопровождение. НДС не облагается");
    }

    private LocalDate today() {
        return LocalDate.ofInstant(bank.now(), TBankCompany.MOSCOW);
    }

    private BigDecimal sum() {
        return BigDecimal.valueOf(1_000_000 + dice.nextInt(9_000_000), 2);
    }

    private String document() {
        return String.valueOf(documents++);
    }

    /** Numbers of invoices with stage and sum, as they have to stand. */
    public Map<String, String> expected() {
        Map<String, String> expected = new TreeMap<>();
        sums.forEach((number, sum) -> expected.put(number, stage(number, paid.get(number), sum) + " " + paid.get(number)));
        return expected;
    }

    private static String stage(String number, BigDecimal paid, BigDecimal sum) {
        if (paid.signum() == 0) {
            return number.startsWith("ПС") ? "К оплате" : "Счёт выставлен";
        }
        return paid.compareTo(sum) == 0 ? "Оплачен" : "Частично оплачен";
    }

    /** The same as the portal shows it. */
    public Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        for (Map<String, Object> one : portal.items(Portal.PAYMENTS)) {
            String number = String.valueOf(one.get("ufCrm12Number"));
            if (sums.containsKey(number)) {
                shown.merge(number, portal.stage(one) + " " + portal.paid(one).setScale(2), (a, b) -> "twice: " + a + ", " + b);
            }
        }
        return shown;
    }

    /** How many operations are nobody's: those a person has to be asked about. */
    public int strangers() {
        return strangers.size();
    }
}
