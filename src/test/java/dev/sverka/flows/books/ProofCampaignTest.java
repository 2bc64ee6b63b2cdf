package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.Application;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Databases;
import dev.sverka.core.state.SettableClock;
import dev.sverka.flows.payments.Payments;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Each morning of many days the proof names exactly the accounts and days on which the ledger is not what the bank holds,
 * with the sum: every fault, nothing else. {@code -Plong} makes it 90 days of 50,000 operations.
 */
class ProofCampaignTest {

    private static final int DAYS = Integer.getInteger("sverka.campaign.days", 9);
    private static final int OPERATIONS = Integer.getInteger("sverka.campaign.operations", 5_000);
    private static final List<String> ACCOUNTS = IntStream.rangeClosed(1, 5).mapToObj(n -> "4070281020000999000" + n)
            .toList();

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext daemon(SettableClock clock) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("settableClock",
                Clock.class, () -> clock, bean -> bean.setPrimary(true)));
        return application.run(Stream.concat(Stream.of("--sverka.database.url="
                        + Databases.h2Url(home), "--sverka.routes.start=false", "--sverka.payments.history=decide",
                "--sverka.own-companies[0].inn=0099000014"), IntStream.range(0, ACCOUNTS.size()).mapToObj(n ->
                "--sverka.own-companies[0].accounts[" + n + "]=" + ACCOUNTS.get(n))).toArray(String[]::new));
    }

    private static void portalIsRead(Cursors cursors) {
        for (String feed : List.of("bitrix24.main/payment", "bitrix24.main/company")) {
            cursors.save(feed, Map.of());
            cursors.reached(feed);
        }
    }

    @Test
    void everyFaultThatChangesADaysSumIsNamedTheNextMorningAndNothingElse() {
        SettableClock clock = new SettableClock(ProofCampaign.FIRST.atStartOfDay().toInstant(ZoneOffset.UTC));
        try (ConfigurableApplicationContext daemon = daemon(clock)) {
            Proofs proofs = daemon.getBean(Proofs.class);
            ProofCampaign campaign = new ProofCampaign(ACCOUNTS, daemon.getBean(Books.class),
                    daemon.getBean(Payments.class), clock, () -> portalIsRead(daemon.getBean(Cursors.class)), OPERATIONS / DAYS / ACCOUNTS.size(), 4);
            List<String> wrong = new ArrayList<>();
            for (int n = 0; n < DAYS; n++) {
                LocalDate day = ProofCampaign.FIRST.plusDays(n);
                campaign.day(day);
                List<String> named = proofs.differing().stream().map(one -> one.account() + " " + one.date() + " "
                        + new BigDecimal(String.valueOf(one.difference())).movePointRight(2).longValueExact()).toList();
                campaign.expected().stream().filter(one -> !named.contains(one)).forEach(one -> wrong.add(day
                        + " not named: " + one));
                named.stream().filter(one -> !campaign.expected().contains(one)).forEach(one -> wrong.add(day
                        + " false alarm: " + one));
            }
            System.out.printf("proof campaign: %d days, %d accounts, %d operations; faults %s, mended later %d; the banks'"
                    + " own changes %s; %d days differ at the end, wrongly named or missed %d%n", DAYS, ACCOUNTS.size(),
                    campaign.operations, campaign.faults, campaign.mended, campaign.changes, campaign.expected().size(),
                    wrong.size());
            assertThat(wrong).isEmpty();
            assertThat(campaign.faults.keySet()).as("the campaign itself").contains(ProofCampaign.Fault.DROPPED,
                    ProofCampaign.Fault.DOUBLED, ProofCampaign.Fault.EDITED, ProofCampaign.Fault.DELETED);
            assertThat(campaign.changes.keySet()).contains(ProofCampaign.Change.WITHDRAWN,
                    ProofCampaign.Change.OTHER_IDS);
            assertThat(ACCOUNTS).allSatisfy(account -> assertThat(proofs.find(account, null, null, false)).hasSize(DAYS)
                    .allSatisfy(one -> assertThat(one.state()).isNotEqualTo("unprovable")));
        }
    }
}
