package dev.sverka.sandbox;

import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.OutgoingWebhook;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.tbank.TBankStandIn;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Both vendors with the agency's month in them, and the settings with which a daemon finds them. */
public final class Sandbox implements AutoCloseable {

    public static final String BANK_SECRET = "sandbox-bank-hook-secret";

    private final Bitrix24StandIn bitrix24;
    private final OutgoingWebhook events;
    private final TBankStandIn tbank;
    private final Portal portal;
    private final List<Runnable> later;

    private Sandbox(int bitrix24Port, int tbankPort, Clock clock) {
        bitrix24 = new Bitrix24StandIn(bitrix24Port, clock);
        events = new OutgoingWebhook(bitrix24.crm());
        tbank = new TBankStandIn(tbankPort, clock, AgencyMonth.OWN_ACCOUNT);
        portal = Portal.of(bitrix24.crm());
        later = AgencyMonth.seed(portal, tbank, LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Moscow")));
    }

    /** On free ports. */
    public static Sandbox open(Clock clock) {
        return new Sandbox(0, 0, clock);
    }

    /** On stated ports. */
    public static Sandbox open(int bitrix24Port, int tbankPort, Clock clock) {
        return new Sandbox(bitrix24Port, tbankPort, clock);
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

    public Portal portal() {
        return portal;
    }

    /** Money that has yet to come, one payment after another. */
    public List<Runnable> later() {
        return later;
    }

    /** Points both vendors' webhooks at a daemon. */
    public void tell(String daemon) {
        events.to(daemon + "/hooks/bitrix24");
        tbank.notesTo(daemon + "/hooks/tbank/" + BANK_SECRET);
    }

    /** What a daemon must be set to. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("sverka.bitrix24.main.url", bitrix24.url());
        settings.put("sverka.bitrix24.main.application-token", OutgoingWebhook.TOKEN);
        settings.put("sverka.tbank.main.url", tbank.url());
        settings.put("sverka.tbank.main.token", TBankStandIn.TOKEN);
        settings.put("sverka.tbank.main.accounts[0]", AgencyMonth.OWN_ACCOUNT);
        settings.put("sverka.tbank.main.webhook-secret", BANK_SECRET);
        settings.put("sverka.own-companies[0].inn", AgencyMonth.OWN_INN);
        settings.put("sverka.own-companies[0].kpp", AgencyMonth.OWN_KPP);
        settings.put("sverka.own-companies[0].name", AgencyMonth.OWN_NAME);
        settings.put("sverka.own-companies[0].accounts[0]", AgencyMonth.OWN_ACCOUNT);
        settings.put("sverka.payments.mode", "automatic");
        settings.put("sverka.poll.bank", "5s");
        settings.put("sverka.poll.bitrix24", "5s");
        return settings;
    }

    @Override
    public void close() {
        events.close();
        tbank.close();
        bitrix24.close();
    }
}
