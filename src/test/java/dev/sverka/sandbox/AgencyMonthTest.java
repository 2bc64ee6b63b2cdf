package dev.sverka.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.SettableClock;
import dev.sverka.sandbox.bitrix24.Portal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sandbox's world is large, the same on every day, and holds nothing of the real one. */
class AgencyMonthTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private static Sandbox open(Instant now) {
        return Sandbox.open(0, 0, new SettableClock(now));
    }

    @Test
    void itIsAsLargeAsAMonthIs() {
        try (Sandbox sandbox = open(NOW)) {
            int before = sandbox.tbank().operations().size();
            assertThat(sandbox.portal().items(4)).hasSizeGreaterThan(20);
            assertThat(sandbox.portal().items(2)).hasSizeGreaterThan(20);
            assertThat(sandbox.portal().items(Portal.PAYMENTS)).hasSizeGreaterThan(60);
            sandbox.later().forEach(Runnable::run);
            assertThat(sandbox.tbank().operations()).hasSizeGreaterThan(Math.max(150, before));
            assertThat(sandbox.tbank().operations()).extracting(one -> one.get("accountNumber")).contains(
                    AgencyMonth.OWN_ACCOUNT, WholeMonth.reserve(), WholeMonth.supportCompany().account());
        }
    }

    @Test
    void itIsTheSameEachTimeAndFollowsTheCalendar() {
        try (Sandbox one = open(NOW); Sandbox other = open(NOW); Sandbox next = open(NOW.plusSeconds(86400))) {
            one.later().forEach(Runnable::run);
            other.later().forEach(Runnable::run);
            assertThat(one.tbank().operations()).isEqualTo(other.tbank().operations());
            assertThat(purpose(one, "МК-31 от")).contains("17.10.2026");
            assertThat(purpose(next, "МК-31 от")).contains("18.10.2026");
        }
    }

    private static String purpose(Sandbox sandbox, String part) {
        return sandbox.tbank().operations().stream().map(one -> String.valueOf(one.get("payPurpose")))
                .filter(text -> text.contains(part)).findFirst().orElseThrow();
    }

    @Test
    void noPartyIsARealOne() {
        try (Sandbox sandbox = open(NOW)) {
            List<Map<?, ?>> parties = sandbox.tbank().operations().stream()
                    .flatMap(one -> Stream.of(one.get("payer"), one.get("receiver")))
                    .filter(Map.class::isInstance).<Map<?, ?>>map(Map.class::cast).toList();
            assertThat(parties).isNotEmpty().allSatisfy(party -> {
                String inn = String.valueOf(party.get("inn"));
                assertThat(inn.isEmpty() || inn.equals("7710140679") || inn.startsWith("00")).as(inn).isTrue();
                assertThat(inn.isEmpty() || inn.equals(inn.length() == 10 ? AgencyMonth.inn(inn.substring(0, 9))
                        : AgencyMonth.personInn(inn.substring(0, 10)))).as(inn).isTrue();
                assertThat(String.valueOf(party.get("acct"))).hasSize(20);
            });
        }
        assertThat(WholeMonth.rows("parties")).filteredOn(row -> row[4].matches("40[78].*")
                && !row[4].equals(AgencyMonth.OWN_ACCOUNT)).hasSizeGreaterThan(20)
                .allSatisfy(row -> assertThat(keyed(row[4])).as(row[1]).isTrue());
    }

    /** The Bank of Russia's key of an account: its digits after the bank's last three, weighted, end in 0. */
    private static boolean keyed(String account) {
        String digits = "974" + account;
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(i) - '0') * new int[] {7, 1, 3}[i % 3];
        }
        return sum % 10 == 0;
    }

    @Test
    void theBanksButtonsAllDoSomething() {
        try (Sandbox sandbox = open(NOW)) {
            BankGames games = new BankGames(sandbox.tbank().company());
            for (String game : List.of("late", "edited", "withdrawn", "returned", "drifted", "held", "settled",
                    "unreadable")) {
                List<Map<String, Object>> before = sandbox.tbank().operations();
                games.play(game);
                assertThat(sandbox.tbank().operations()).as(game).isNotEqualTo(before);
                assertThat(games.form()).contains("value='" + game + "'");
            }
        }
    }
}
