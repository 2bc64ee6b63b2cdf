package dev.sverka.sandbox;

import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.tbank.TBankCompany;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import dev.sverka.sandbox.tbank.TBankStandIn;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A month of the agency «Северный маяк»: customers, deals, invoices, and the money that comes and goes. Everything is
 * invented; ИНН are of a region that does not exist. The same on every day it is made.
 */
public final class AgencyMonth {

    public static final String OWN_INN = "0099000014";
    public static final String OWN_KPP = "009901001";
    public static final String OWN_NAME = "ООО «Северный маяк»";
    public static final String OWN_ACCOUNT = "40702810200009990001";

    private final Portal portal;
    private final TBankStandIn bank;
    private final LocalDate today;
    private final List<Runnable> later = new ArrayList<>();
    private int ours;

    private AgencyMonth(Portal portal, TBankStandIn bank, LocalDate today) {
        this.portal = portal;
        this.bank = bank;
        this.today = today;
    }

    /** A customer and its payment for the story below. */
    private record Customer(int company, int deal, Party party) {
    }

    /**
     * Puts a small world in place: one company, some customers, one case of each kind.
     *
     * @return money that has yet to come, to be posted one after another
     */
    public static List<Runnable> small(Portal portal, TBankStandIn bank, LocalDate today) {
        return seed(portal, bank, today).later;
    }

    /**
     * Puts the whole month in place, the small world in it: two companies, and all that a bookkeeper meets.
     *
     * @param support the second company at the bank
     * @return what has yet to happen, one after another
     */
    public static List<Runnable> whole(Portal portal, TBankStandIn bank, TBankCompany support, LocalDate today) {
        bank.company().open(WholeMonth.reserve(), "Накопительный счёт", "643", "Overnight",
                new BigDecimal("2000000.00"));
        AgencyMonth month = seed(portal, bank, today);
        List<Runnable> later = new ArrayList<>(month.later);
        later.addAll(WholeMonth.seed(portal, bank, support, month.ours, today));
        return later;
    }

    private static AgencyMonth seed(Portal portal, TBankStandIn bank, LocalDate today) {
        AgencyMonth month = new AgencyMonth(portal, bank, today);
        month.ours = portal.company(OWN_NAME, OWN_INN, OWN_KPP, true);
        month.customers();
        month.suppliers();
        month.expenses();
        return month;
    }

    private Customer customer(int number, String name, String deal, String amount) {
        boolean person = name.startsWith("ИП ");
        String inn = person ? personInn("00990000" + (10 + number))
                : inn("009900" + String.format("%03d", 10 + number));
        String kpp = person ? null : "009901002";
        int company = portal.company(name, inn, kpp, false);
        return new Customer(company, portal.deal(deal, company, new BigDecimal(amount)),
                new Party(inn, kpp, name, "407028106000008800" + String.format("%02d", number)));
    }

    private int invoice(Customer customer, String number, int daysAgo, String amount) {
        return portal.payment(Portal.IN, number, today.minusDays(daysAgo), new BigDecimal(amount), customer.company(),
                ours, customer.deal());
    }

    private void pays(Customer customer, int daysAgo, String amount, String number, String purpose) {
        bank.credit(today.minusDays(daysAgo), new BigDecimal(amount), customer.party(), number, purpose);
    }

    private void willPay(Customer customer, String amount, String number, String purpose) {
        later.add(() -> pays(customer, 0, amount, number, purpose));
    }

    private String on(int daysAgo) {
        LocalDate day = today.minusDays(daysAgo);
        return String.format("%02d.%02d.%d", day.getDayOfMonth(), day.getMonthValue(), day.getYear());
    }

    private void customers() {
        Customer romashka = customer(1, "ООО «Ромашка»", "Интернет-магазин цветов", "480000.00");
        invoice(romashka, "МК-12", 25, "240000.00");
        invoice(romashka, "МК-13", 20, "240000.00");
        pays(romashka, 18, "240000.00", "117", "Оплата по счету № МК-12 от " + on(25) + " за разработку сайта. НДС не облагается");
        pays(romashka, 4, "100000.00", "131", "Частичная оплата по счету МК-13 от " + on(20) + ". Без НДС");

        Customer vektor = customer(2, "АО «Вектор»", "Мобильное приложение", "900000.00");
        invoice(vektor, "17", 12, "90000.00");
        invoice(vektor, "18/26", 10, "360000.50");
        willPay(vektor, "360000.50", "402", "Оплата по сч. 18/26 от " + on(10) + " В т.ч. НДС (20%) 60000.08");

        Customer sever = customer(3, "ООО «Север-Логистика»", "Личный кабинет перевозчика", "1250000.00");
        invoice(sever, "МК-14", 22, "625000.00");
        invoice(sever, "МК-15", 2, "625000.00");
        pays(sever, 15, "625000.00", "58", "Оплата счета №МК-14 от " + on(22) + " согласно договору 7/2026. НДС не облагается");

        Customer zarya = customer(4, "ООО «Заря»", "Поддержка сайта", "60000.00");
        invoice(zarya, "МК-9", 28, "20000.00");
        invoice(zarya, "МК-10", 14, "20000.00");
        invoice(zarya, "МК-11", 1, "20000.00");
        pays(zarya, 9, "20000.00", "9", "Оплата за поддержку сайта. НДС не облагается");
        pays(zarya, 7, "20000.00", "10", "Оплата по счету мк 10 от " + on(14));

        Customer kedr = customer(5, "ИП Кедров Пётр Ильич", "Лендинг", "85000.00");
        invoice(kedr, "МК-16", 8, "85000.00");
        pays(kedr, 3, "85000.00", "21", "По счету № 16 за лендинг");
        willPay(kedr, "42500.00", "22", "Аванс 50% по счету № МК-16 от " + on(8) + ", НДС нет");

        Customer most = customer(6, "ООО «Мост»", "Интеграция с 1С", "310000.00");
        invoice(most, "МК-19", 6, "155000.00");
        invoice(most, "МК-20", 6, "155000.00");
        pays(most, 2, "310000.00", "77", "Оплата счетов МК-19, МК-20 от " + on(6));
        willPay(most, "155000.00", "78", "Оплата по счету № МК-19 от " + on(6) + " за интеграцию. В т.ч. НДС 20% - 25833,33 руб.");

        Customer luch = customer(7, "ООО «Луч»", "Брендинг", "75000.00");
        invoice(luch, "МК-21", 5, "75000.00");
        pays(luch, 1, "80000.00", "5", "Оплата по счету № МК-21 от " + on(5));

        Customer kvarta = customer(8, "ООО «Кварта»", "Аудит магазина", "120000.00");
        invoice(kvarta, "МК-22", 4, "60000.00");
        invoice(kvarta, "МК-23", 3, "60000.00");
        willPay(kvarta, "60000.00", "301", "Оплата по счету МК-22 от " + on(4) + " за аудит");
        bank.credit(today.minusDays(1), new BigDecimal("60000.00"), new Party(inn("009900777"), "009901002",
                "ООО «Чужая компания»", "40702810600000880077"), "1", "Оплата за Кварту по счету МК-23");
    }

    private void suppliers() {
        String inn = inn("009900501");
        int company = portal.company("ООО «Хостинг Плюс»", inn, "009901002", false);
        int deal = portal.deal("Серверы", company, new BigDecimal("36000.00"));
        portal.payment(Portal.OUT, "А-5512", today.minusDays(9), new BigDecimal("18000.00"), company, ours, deal);
        portal.payment(Portal.OUT, "А-5600", today.minusDays(2), new BigDecimal("18000.00"), company, ours, deal);
        Party hosting = new Party(inn, "009901002", "ООО «Хостинг Плюс»", "40702810600000880501");
        bank.debit(today.minusDays(6), new BigDecimal("18000.00"), hosting, "contragentOutcome", "88",
                "Оплата по счету А-5512 от " + on(9) + " за аренду сервера. В т.ч. НДС (20%) 3000.00");
    }

    private void expenses() {
        Party treasury = new Party(inn("009900990"), null, "Казначейство России (ФНС России)", "03100643000000018500");
        bank.debit(today.minusDays(5), new BigDecimal("41230.00"), treasury, "tax", "90", "Единый налоговый платёж");
        Party tbank = new Party("7710140679", null, "АО «ТБанк»", "70601810000002710101");
        bank.debit(today.minusDays(3), new BigDecimal("1990.00"), tbank, "fee", null, "Плата за обслуживание счёта");
        bank.credit(today.minusDays(2), new BigDecimal("14850.30"), tbank, "510", "Выплата по эквайрингу за "
                + on(3));
    }

    /** An ИНН of a company with its right check digit. @param nine the first nine digits */
    static String inn(String nine) {
        return checked(nine, 2, 4, 10, 3, 5, 9, 4, 6, 8);
    }

    /** An ИНН of an entrepreneur with its right check digits. @param ten the first ten digits */
    static String personInn(String ten) {
        return checked(checked(ten, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8), 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8);
    }

    private static String checked(String digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (digits.charAt(i) - '0');
        }
        return digits + sum % 11 % 10;
    }
}
