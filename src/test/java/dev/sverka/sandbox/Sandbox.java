package dev.sverka.sandbox;

import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.OutgoingWebhook;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.clickup.ClickUpSpace;
import dev.sverka.sandbox.clickup.ClickUpStandIn;
import dev.sverka.sandbox.clickup.ClickUpState;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import dev.sverka.sandbox.saby.SabyStandIn;
import dev.sverka.sandbox.tbank.TBankCompany;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import dev.sverka.sandbox.tbank.TBankStandIn;
import dev.sverka.sandbox.tochka.TochkaStandIn;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The vendors with the agency's month in them, and the settings with which a daemon finds them. */
public final class Sandbox implements AutoCloseable {

    public static final String BANK_SECRET = "sandbox-bank-hook-secret";
    public static final String SUPPORT_TOKEN = "t.sandbox-support-token";
    public static final String SUPPORT_SECRET = "sandbox-support-hook-secret";

    private final Bitrix24StandIn bitrix24;
    private final OutgoingWebhook events;
    private final TBankStandIn tbank;
    private final FinTabloStandIn fintablo;
    private final ClickUpStandIn clickup;
    private final DiadocStandIn diadoc;
    private final SabyStandIn saby;
    private final Portal portal;
    private final List<Runnable> later;
    /** The second company at the bank; null in the small world. */
    private final TBankCompany support;
    /** That company's other bank; null in the small world. */
    private final TochkaStandIn tochka;

    private Sandbox(int bitrix24Port, int tbankPort, Clock clock, boolean whole) {
        // so much would take minutes at two requests a second: the whole month's portal has the larger plan
        bitrix24 = new Bitrix24StandIn(bitrix24Port, clock).limited(!whole);
        events = new OutgoingWebhook(bitrix24.crm());
        tbank = new TBankStandIn(tbankPort, clock, AgencyMonth.OWN_ACCOUNT);
        fintablo = new FinTabloStandIn(0, clock);
        clickup = new ClickUpStandIn(0, clock);
        // every deal of the month gets its folder in the first minute: the largest plan (clickup.md section 3)
        clickup.switches().perMinute(10_000);
        ClickUpSpace.seed(clickup.state(), clock.instant());
        diadoc = new DiadocStandIn(0, clock);
        saby = new SabyStandIn(0, clock);
        portal = Portal.of(bitrix24.crm());
        support = whole ? tbank.company(SUPPORT_TOKEN, WholeMonth.supportCompany()) : null;
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Moscow"));
        later = new ArrayList<>(whole ? AgencyMonth.whole(portal, tbank, support, today)
                : AgencyMonth.small(portal, tbank, today));
        tochka = whole ? new TochkaStandIn(0, clock, TochkaMonth.self()) : null;
        if (tochka != null) {
            later.addAll(TochkaMonth.seed(portal, tochka, today));
        }
    }

    /** The small world, on free ports. */
    public static Sandbox open(Clock clock) {
        return new Sandbox(0, 0, clock, false);
    }

    /** The whole month, on stated ports; 0 for free ones. */
    public static Sandbox open(int bitrix24Port, int tbankPort, Clock clock) {
        return new Sandbox(bitrix24Port, tbankPort, clock, true);
    }

    public Bitrix24StandIn bitrix24() {
        return bitrix24;
    }

    public OutgoingWebhook events() {
        return events;
    }

    public TBankStandIn tbank() {
        return tbank;
    }

    public FinTabloStandIn fintablo() {
        return fintablo;
    }

    public ClickUpStandIn clickup() {
        return clickup;
    }

    public DiadocStandIn diadoc() {
        return diadoc;
    }

    public SabyStandIn saby() {
        return saby;
    }

    /** The second company's other bank; null in the small world. */
    public TochkaStandIn tochka() {
        return tochka;
    }

    public Portal portal() {
        return portal;
    }

    /** The company at the bank that an own company of the portal is. */
    public TBankCompany company(int ours) {
        return support != null && WholeMonth.supportCompany().inn().equals(portal.inn(ours)) ? support
                : tbank.company();
    }

    /** What has yet to happen, one after another: most of it money that comes. */
    public List<Runnable> later() {
        return later;
    }

    /** Points the vendors' webhooks at a daemon. */
    public void tell(String daemon) {
        events.to(daemon + "/hooks/bitrix24");
        tbank.notesTo(daemon + "/hooks/tbank/" + BANK_SECRET);
        if (support != null) {
            support.notes().to(daemon + "/hooks/tbank/" + SUPPORT_SECRET, null);
            tochka.tells(daemon + "/hooks/tochka");
        }
    }

    /** What a daemon must be set to. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("sverka.bitrix24.main.url", bitrix24.url());
        // this portal does at once what it does
        settings.put("sverka.bitrix24.main.longest-execution", "1s");
        settings.put("sverka.bitrix24.main.application-token", OutgoingWebhook.TOKEN);
        settings.put("sverka.tbank.main.url", tbank.url());
        settings.put("sverka.tbank.main.token", TBankStandIn.TOKEN);
        settings.put("sverka.tbank.main.accounts[0]", AgencyMonth.OWN_ACCOUNT);
        settings.put("sverka.tbank.main.webhook-secret", BANK_SECRET);
        settings.put("sverka.fintablo.main.url", fintablo.url());
        settings.put("sverka.fintablo.main.token", FinTabloStandIn.TOKEN);
        settings.put("sverka.clickup.main.url", clickup.url());
        settings.put("sverka.clickup.main.token", ClickUpStandIn.TOKEN);
        settings.put("sverka.clickup.main.team-id", Long.toString(ClickUpState.TEAM));
        settings.put("sverka.clickup.main.requests-per-minute", "8000");
        settings.putAll(diadoc.settings());
        settings.putAll(saby.settings());
        settings.put("sverka.own-companies[0].inn", AgencyMonth.OWN_INN);
        settings.put("sverka.own-companies[0].kpp", AgencyMonth.OWN_KPP);
        settings.put("sverka.own-companies[0].name", AgencyMonth.OWN_NAME);
        settings.put("sverka.own-companies[0].accounts[0]", AgencyMonth.OWN_ACCOUNT);
        settings.put("sverka.banks[0].inn", "7710140679");
        settings.put("sverka.banks[0].name", "АО «ТБанк»");
        if (support != null) {
            settings.put("sverka.bitrix24.main.plan", "enterprise");
            second(settings, WholeMonth.supportCompany());
        }
        settings.put("sverka.payments.mode", "automatic");
        // the month lies before the sandbox started, and nobody has counted it by hand
        settings.put("sverka.payments.history", "decide");
        settings.put("sverka.poll.bank", "5s");
        settings.put("sverka.poll.bitrix24", "5s");
        return settings;
    }

    /** A second account of the first company, and a second company with a token of its own. */
    private void second(Map<String, String> settings, Party company) {
        settings.put("sverka.tbank.main.accounts[1]", WholeMonth.reserve());
        settings.put("sverka.own-companies[0].accounts[1]", WholeMonth.reserve());
        settings.put("sverka.tbank.support.url", tbank.url());
        settings.put("sverka.tbank.support.token", SUPPORT_TOKEN);
        settings.put("sverka.tbank.support.webhook-secret", SUPPORT_SECRET);
        settings.put("sverka.own-companies[1].inn", company.inn());
        settings.put("sverka.own-companies[1].kpp", company.kpp());
        settings.put("sverka.own-companies[1].name", company.name());
        settings.put("sverka.own-companies[1].accounts[0]", company.account());
        settings.put("sverka.own-companies[1].accounts[1]", TochkaMonth.ACCOUNT);
        settings.put("sverka.tochka.main.url", tochka.url());
        settings.put("sverka.tochka.main.token", TochkaStandIn.TOKEN);
        settings.put("sverka.tochka.main.client-id", TochkaStandIn.CLIENT_ID);
        settings.put("sverka.tochka.main.customer-code", TochkaStandIn.CUSTOMER);
        settings.put("sverka.tochka.main.accounts[0]", TochkaMonth.ACCOUNT);
    }

    @Override
    public void close() {
        events.close();
        saby.close();
        diadoc.close();
        fintablo.close();
        clickup.close();
        if (tochka != null) {
            tochka.close();
        }
        tbank.close();
        bitrix24.close();
    }
}
