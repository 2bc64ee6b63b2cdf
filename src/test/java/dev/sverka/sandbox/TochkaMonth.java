package dev.sverka.sandbox;

import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.tochka.TochkaCompany.Party;
import dev.sverka.sandbox.tochka.TochkaCompany;
import dev.sverka.sandbox.tochka.TochkaStandIn;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** The support company's second bank: one customer, whose invoices are paid there, and what a bank account costs. */
final class TochkaMonth {

    static final String ACCOUNT = "40702810100009990104";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final Party CUSTOMER = new Party(AgencyMonth.inn("009902071"), "009901002",
            "ООО «Якорь и Канат»", "40702810600008802071");
    private static final Party BANK = new Party(null, null, "ООО \"Банк Точка\"", "70601810000000000001");
    private static final Party TREASURY = new Party(AgencyMonth.inn("009900990"), null,
            "Казначейство России (ФНС России)", "03100643000000018500");

    private TochkaMonth() {
    }

    /** The support company as this bank knows it. */
    static Party self() {
        return new Party(WholeMonth.supportCompany().inn(), WholeMonth.supportCompany().kpp(),
                WholeMonth.supportCompany().name(), ACCOUNT);
    }

    /**
     * Puts it in place.
     *
     * @return what has yet to happen, one after another
     */
    static List<Runnable> seed(Portal portal, TochkaStandIn bank, LocalDate today) {
        Map<String, Object> own = portal.items(Portal.PAYMENTS).stream()
                .filter(one -> "П-201".equals(one.get("ufCrm12Number"))).findFirst().orElseThrow();
        int ours = ((Number) own.get("mycompanyId")).intValue();
        int company = portal.company(CUSTOMER.name(), CUSTOMER.inn(), CUSTOMER.kpp(), false);
        int deal = portal.deal("Сопровождение складской программы", company, new BigDecimal("128600.00"));
        LocalDate invoiced = today.minusDays(9);
        for (String number : List.of("Т-501", "Т-502")) {
            portal.payment(Portal.IN, number, invoiced, new BigDecimal("64300.00"), company, ours, deal);
        }
        TochkaCompany at = bank.company();
        at.debit(today.minusDays(8), new BigDecimal("1900"), BANK, "90412", "Комиссия за обслуживание счёта");
        at.credit(today.minusDays(5), new BigDecimal("64300"), CUSTOMER, "311", "Оплата по счету № Т-501 от "
                + DAY.format(invoiced) + " за сопровождение. НДС не облагается");
        at.debit(today.minusDays(4), new BigDecimal("3710"), TREASURY, "59", "Единый налоговый платеж");
        return List.of(() -> at.credit(LocalDate.ofInstant(at.now(), TochkaCompany.MOSCOW), new BigDecimal("64300"),
                CUSTOMER, "312", "Оплата по счету № Т-502 от " + DAY.format(invoiced)
                        + " за сопровождение. НДС не облагается"));
    }
}
