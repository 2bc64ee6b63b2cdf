package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Portal;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs over HTTP, on the sandbox's portal. */
class Bitrix24WritesTest {

    private static final String MARKER = "sverka:bank-operation:main:1";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final Links links = Stores.open().links();
    private Declared<dev.sverka.core.portal.Portal> portal;
    private Sandbox sandbox;
    private Bitrix24Operations operations;
    private Bitrix24Account account;

    @BeforeEach
    void open() throws Exception {
        portal = Portals.declared(Files.readString(Path.of("mappings/portal.yaml")));
        sandbox = Sandbox.open(clock);
        sandbox.bitrix24().limited(false);
        account = Rooms.account(Rooms.client(sandbox.bitrix24().url()), portal, links, clock);
        operations = new Bitrix24Operations(portal, name -> account);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Optional<Effect> prepare(String entity, String verb, Map<String, Object> body) {
        return ((Operation.Write) operations.of(entity).get(verb).step()).prepare(new Request("main", entity, body));
    }

    private long write(String entity, String verb, Map<String, Object> body) {
        return ((Number) prepare(entity, verb, body).orElseThrow().send().get().get("id")).longValue();
    }

    @SuppressWarnings("unchecked")
    private <T> T read(String entity, String verb, Object body) {
        return (T) ((Operation.Read) operations.of(entity).get(verb).step()).read(new Request("main", entity, body));
    }

    private int payment(String number) {
        return sandbox.portal().payment(Portal.IN, number, LocalDate.of(2026, 11, 2), new BigDecimal("1000.00"),
                1, 1, 1);
    }

    private List<String> writes() {
        return sandbox.bitrix24().writes();
    }

    @Test
    void everyKindOfValueComesBackAsItWasWritten() {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("title", "Счёт & «100 %»", "stage", "planned",
                "amount", new BigDecimal("45000.10"), "paid", new BigDecimal("0.01"), "dueDate", LocalDate.of(2026, 12,
                31),
                "vat", "20 %", "percent", new BigDecimal("12.5"), "overdue", true, "actNumbers", List.of("1", "2+3")));
        long id = write("payment.in", "create", Map.of("marker", MARKER, "fields", fields));
        Map<String, Object> item = read("payment", "get", id);
        fields.forEach((key, value) -> assertThat(item).as(key).hasEntrySatisfying(key, read ->
                assertThat(read.toString().replaceFirst("\\.(\\d*?)0+$", ".$1").replaceFirst("\\.$", "")).isEqualTo(
                        value.toString().replaceFirst("\\.(\\d*?)0+$", ".$1").replaceFirst("\\.$", ""))));
        assertThat(item).containsEntry("pipeline", "in").containsEntry("xmlId", MARKER);
    }

    @Test
    void whatEqualsWhatIsThereIsNotSent() {
        int id = payment("А-1");
        Map<String, Object> same = Map.of("amount", new BigDecimal("1000.000"), "number", "А-1");
        assertThat(prepare("payment", "update", Map.of("id", id, "fields", same))).isEmpty();
        Map<String, Object> other = Map.of("amount", new BigDecimal("1000.01"), "number", "А-1");
        assertThat(prepare("payment", "update", Map.of("id", id, "fields", other)).orElseThrow().content())
                .containsOnlyKeys("amount");
        assertThat(writes()).noneMatch(write -> write.contains("update"));
    }

    /** Of each write an event comes back, and whoever shows the item would read it once more. */
    @Test
    void whoOnlyShowsAnItemAsksNothingRightAfterOurWriteAndIsNeverBehindALaterReading() {
        int id = payment("А-1");
        write("payment", "update", Map.of("id", id, "fields", Map.of("paid", new BigDecimal("40"))));
        int asked = sandbox.bitrix24().calls().size();
        Map<String, Object> shown = read("payment", "peek", Map.of("id", id));
        assertThat((BigDecimal) shown.get("paid")).isEqualByComparingTo("40");
        assertThat(shown).isEqualTo(read("payment", "get", Map.of("id", id)));
        assertThat(sandbox.bitrix24().calls()).hasSize(asked + 1);

        sandbox.portal().crm().update(Portal.PAYMENTS, id, Map.of("opportunity", new BigDecimal("777")), Portal.PERSON);
        read("payment", "get", Map.of("id", id));
        assertThat((BigDecimal) this.<Map<String, Object>>read("payment", "peek", Map.of("id", id)).get("amount"))
                .isEqualByComparingTo("777");
        assertThat(this.<Map<String, Object>>read("payment", "peek", Map.of("id", id, "deleted", true))).isNotEmpty();

        clock.advance(Duration.ofMinutes(1));
        asked = sandbox.bitrix24().calls().size();
        read("payment", "peek", Map.of("id", id));
        assertThat(sandbox.bitrix24().calls()).hasSize(asked + 1);
    }

    @Test
    void valuesAreClearedAndZeroIsNotEmpty() {
        int id = payment("А-2");
        write("payment", "update", Map.of("id", id, "fields", Map.of("paid", new BigDecimal("5"), "dueDate",
                LocalDate.of(2026, 12, 1), "actNumbers", List.of("1"))));
        Map<String, Object> cleared = new HashMap<>();
        Arrays.asList("dueDate", "actNumbers").forEach(key -> cleared.put(key, null));
        cleared.put("paid", BigDecimal.ZERO);
        write("payment", "update", Map.of("id", id, "fields", cleared));
        Map<String, Object> item = read("payment", "get", id);
        assertThat(item).doesNotContainKey("dueDate").containsEntry("actNumbers", List.of());
        assertThat((BigDecimal) item.get("paid")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deal", "payment.in"})
    void anAddWhoseAnswerWasLostIsFoundByItsMarker(String entity) {
        sandbox.bitrix24().faults().next("crm.item.add", Faults.Kind.LOST_ANSWER);
        Effect effect = prepare(entity, "create", Map.of("marker", MARKER, "fields", Map.of("title", "Новое")))
                .orElseThrow();
        assertThatThrownBy(() -> effect.send().get()).isInstanceOf(VendorException.Unclear.class);
        assertThat(effect.find().get()).hasValueSatisfying(found -> assertThat(found).containsKey("id"));
        assertThat(writes()).filteredOn(write -> write.startsWith("crm.item.add")).hasSize(1);
    }

    @Test
    void anUpsertCreatesOnceThenUpdatesThenSendsNothing() {
        long id = write("deal", "upsert", Map.of("marker", MARKER, "fields", Map.of("title", "Один")));
        assertThat(write("deal", "upsert", Map.of("marker", MARKER, "fields", Map.of("title", "Два")))).isEqualTo(id);
        int sent = writes().size();
        assertThat(write("deal", "upsert", Map.of("marker", MARKER, "fields", Map.of("title", "Два")))).isEqualTo(id);
        assertThat(writes()).hasSize(sent);
        assertThat(this.<Map<String, Object>>read("deal", "get", id)).containsEntry("title", "Два")
                .containsEntry("originId", MARKER);
    }

    @Test
    void whatIsDeletedIsGoneAfterTheSecondAnswer() {
        int id = payment("А-3");
        write("payment", "delete", Map.of("id", id));
        assertThat(write("payment", "delete", Map.of("id", id))).as("deleting twice is no failure").isEqualTo(id);
        assertThatThrownBy(() -> read("payment", "get", id)).isInstanceOf(VendorException.NotYet.class);
        clock.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> read("payment", "get", id)).isInstanceOf(VendorException.NotYet.class);
        clock.advance(Duration.ofSeconds(15));
        assertThat(this.<Map<String, Object>>read("payment", "get", id)).containsEntry("deleted", true);
    }

    @Test
    void aFeedsRowSavesTheReadUnlessWeHaveWrittenSince() {
        int id = payment("А-4");
        Map<String, Object> row = account.items().read("payment", account.client().item(Portal.PAYMENTS,
                id).orElseThrow());
        Map<String, Object> throughTheJournal = new LinkedHashMap<>(row);
        throughTheJournal.replaceAll((key, value) -> value instanceof Instant || value instanceof LocalDate
                ? value.toString() : value);
        int before = sandbox.bitrix24().calls().size();
        assertThat(this.<Map<String, Object>>read("payment", "get", throughTheJournal)).isEqualTo(row);
        assertThat(sandbox.bitrix24().calls()).hasSize(before);

        write("payment", "update", Map.of("id", id, "fields", Map.of("paid", new BigDecimal("7"))));
        assertThat(this.<Map<String, Object>>read("payment", "get", throughTheJournal)).containsEntry("paid",
                new BigDecimal("7"));
        Map<String, Object> echo = account.items().read("payment", account.client().item(Portal.PAYMENTS,
                id).orElseThrow());
        before = sandbox.bitrix24().calls().size();
        read("payment", "get", echo);
        assertThat(sandbox.bitrix24().calls()).as("the echo of our own write costs no read").hasSize(before);
    }

    @Test
    void aStageTakesItsFunnelAlong() {
        int id = payment("А-5");
        write("payment", "update", Map.of("id", id, "pipeline", "out", "fields", Map.of("stage", "agreed")));
        assertThat(this.<Map<String, Object>>read("payment", "get", id)).containsEntry("pipeline", "out")
                .containsEntry("stage", "agreed");
    }

    @Test
    void listsByFieldsAndFunnel() {
        int id = payment("А-6");
        List<Map<String, Object>> found = read("payment.in", "list", Map.of("filter", Map.of("number", "А-6")));
        assertThat(found).singleElement().satisfies(item -> assertThat(item).containsEntry("id", (long) id));
        assertThat(this.<List<Object>>read("payment.out", "list", Map.of("filter", Map.of("number", "А-6")))).isEmpty();
    }

    @Test
    void commentsToDosAndNotificationsAreSent() {
        int id = payment("А-7");
        write("payment", "comment", Map.of("id", id, "text", "Оплачено\n" + MARKER, "marker", MARKER));
        write("payment", "todo", Map.of("id", id, "title", "Проверить", "deadline", "2026-12-01", "marker", MARKER));
        write("user", "notify", Map.of("id", 17, "text", "Посмотрите", "marker", MARKER));
        assertThat(sandbox.portal().comments(Portal.PAYMENTS, id)).hasSize(1);
        assertThat(writes()).anyMatch(write -> write.startsWith("crm.activity.todo.add"))
                .anyMatch(write -> write.startsWith("im.notify.system.add"));
    }

    @Test
    void aFieldThePortalDoesNotHaveIsDriftBeforeAnythingIsSent() {
        int id = payment("А-8");
        assertThatThrownBy(() -> prepare("payment", "update", Map.of("id", id, "fields", Map.of("colour", "red"))))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("drift: payment.field.colour");
    }
}
