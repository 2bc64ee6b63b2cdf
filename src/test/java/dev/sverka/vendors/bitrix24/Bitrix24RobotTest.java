package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.ConnectorStage;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.Crm;
import dev.sverka.sandbox.bitrix24.Portal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A robot of the portal that undoes what we write (bitrix24.md section 13, row 37). */
class Bitrix24RobotTest {

    private static final int MOST = 3;
    private static final int ROBOT = 1;
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final Stores stores = Stores.open();
    private Bitrix24StandIn portal;
    private ConnectorStage routes;
    private int payment;

    @BeforeEach
    void open() throws Exception {
        portal = new Bitrix24StandIn(0, Clock.systemUTC()).limited(false);
        Portal.of(portal.crm()).crm().robot(new Crm.Robot(Portal.PAYMENTS,
                item -> !"Робот".equals(item.get("ufCrm12Article")), Map.of("ufCrm12Article", "Робот"), ROBOT,
                Duration.ofSeconds(2)));
        payment = (Integer) portal.crm().add(Portal.PAYMENTS, Map.of("title", "МК-1"), Portal.PERSON).get("id");
        start();
    }

    /** The store outlives it. */
    private void start() throws Exception {
        routes = new ConnectorStage(Rooms.connector(portal.url(),
                Portals.declared(Files.readString(Path.of("mappings/portal.yaml"))), stores.links(), clock), stores,
                clock, MOST);
    }

    @AfterEach
    void close() {
        routes.close();
        portal.close();
    }

    /** What the news of the last change makes a flow write; then the robot has its time. */
    private void write(Map<String, Object> fields, long entry) {
        try {
            routes.send("payment/update", Map.of("id", payment, "fields", fields), entry);
        } finally {
            portal.clock().advance(A_WHILE);
            clock.advance(A_WHILE.plusSeconds(10));
        }
    }

    private static final Map<String, Object> ARTICLE = Map.of("article", "Реклама");

    @Test
    void aValueThatARobotChangesBackIsWrittenAFewTimesThenLeftToAPerson() throws Exception {
        for (int news = 1; news <= MOST; news++) {
            write(ARTICLE, news);
        }
        for (int news = 11; news <= 15; news++) {
            int entry = news;
            assertThatThrownBy(() -> write(ARTICLE, entry)).isInstanceOf(VendorException.Refused.class)
                    .hasMessageContaining("payment " + payment).hasMessageContaining("article")
                    .hasMessageContaining("3 times in a row");
        }
        assertThat(portal.writes()).hasSize(MOST);

        routes.close();
        start();
        clock.advance(Duration.ofDays(3));
        assertThatThrownBy(() -> write(ARTICLE, 16)).as("also after a restart, and days later")
                .isInstanceOf(VendorException.Refused.class);
        write(Map.of("number", "МК-1/2"), 17);
        assertThat(portal.writes()).as("what nobody changes back is written").hasSize(MOST + 1);
        write(Map.of("article", "Аренда"), 18);
        assertThat(portal.writes()).as("another value is another word").hasSize(MOST + 2);
    }

    @Test
    void workThatAPersonSendsAgainStartsAnew() {
        for (int news = 1; news <= MOST; news++) {
            write(ARTICLE, news);
        }
        assertThatThrownBy(() -> write(ARTICLE, 7)).isInstanceOf(VendorException.Refused.class);
        assertThatCode(() -> write(ARTICLE, 7)).as("replayed").doesNotThrowAnyException();
        write(ARTICLE, 8);
        write(ARTICLE, 9);
        assertThatThrownBy(() -> write(ARTICLE, 10)).isInstanceOf(VendorException.Refused.class);
        assertThat(portal.writes()).hasSize(2 * MOST);
    }

    @Test
    void whatIsChangedBackNowAndThenIsNoPingPong() {
        for (int news = 1; news <= 3 * MOST; news++) {
            write(ARTICLE, news);
            clock.advance(Duration.ofDays(2));
        }
        assertThat(portal.writes()).hasSize(3 * MOST);
    }

    @Test
    void nothingIsAskedOfAnAccountThatIsPausedWhoseverWorkItIs() {
        portal.authorised(false);
        assertThatThrownBy(() -> write(ARTICLE, 1)).isInstanceOf(VendorException.AuthLost.class);
        int asked = portal.calls().size();
        routes.journal.accounts().pause("bitrix24.main", "paused", clock.instant().plus(Duration.ofMinutes(10)), "401");
        assertThatThrownBy(() -> write(ARTICLE, 2)).isInstanceOfSatisfying(VendorException.NotYet.class,
                later -> assertThat(later.after()).isGreaterThan(Duration.ofMinutes(9)));
        assertThat(portal.calls()).hasSize(asked);

        clock.advance(Duration.ofHours(1));
        portal.authorised(true);
        write(ARTICLE, 2);
        assertThat(portal.writes()).hasSize(1);
        assertThat(routes.journal.accounts().all()).extracting(account -> account.state()).containsExactly("up");
    }
}
