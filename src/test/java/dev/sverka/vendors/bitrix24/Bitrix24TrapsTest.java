package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Stores;
import dev.sverka.vendors.bitrix24.ScriptedPortal.Call;
import dev.sverka.vendors.bitrix24.ScriptedPortal.Refusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What this vendor does that nobody would expect, each over HTTP. */
class Bitrix24TrapsTest {

    private static final int WRITES = 12;
    /** How many requests are under way at a time. */
    private static final int CARRIERS = 2;

    private final List<Thread> writers = new CopyOnWriteArrayList<>();
    private static final String DECLARED = """
            entities:
              deal:
                builtin: deal
                fields:
                  title: {std: title, type: string}
                  tags: {label: Метки, type: string, multiple: true}
                  link: {label: Ссылка, type: url}
                  paid: {label: Оплачено, type: money}
              company:
                builtin: company
                fields: {title: {std: title, type: string}}
            """;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final Links links = Stores.open().links();
    private final Declared<Portal> declared = Portals.declared(DECLARED);
    private final ScriptedPortal portal = new ScriptedPortal();
    private final Map<Long, Map<String, Object>> items = new TreeMap<>();
    private final Bitrix24Account account = Rooms.account(Rooms.client(portal.url(), Rooms.UNLIMITED, Rooms.LIMITS,
            clock,
            wait -> Duration.ofMillis(1), links), declared, links, clock);
    private final Bitrix24Operations operations = new Bitrix24Operations(declared, name -> account);

    @BeforeEach
    void aPortalWithDeals() {
        portal.on("crm.item.fields", call -> Map.of("fields", Map.of(
                "title", field("string", "Название", "TITLE", false),
                "ufCrmTags", field("string", "Метки", "UF_CRM_TAGS", true),
                "ufCrmLink", field("url", "Ссылка", "UF_CRM_LINK", false),
                "ufCrmPaid", field("money", "Оплачено", "UF_CRM_PAID", false))));
        portal.on("crm.item.get", call -> Map.of("item", present(call)));
        portal.on("crm.item.list", call -> Map.of("items", items.values().stream()
                .filter(item -> matches(call.map("filter"), item)).limit(50).toList()));
        items.put(5L, new HashMap<>(Map.of("id", 5, "title", "Сделка", "updatedTime", "2026-11-23T11:59:00+03:00",
                "ufCrmTags", List.of("опт"), "ufCrmLink", "https://a")));
    }

    @AfterEach
    void close() {
        portal.close();
    }

    private static Map<String, Object> field(String type, String title, String upperName, boolean multiple) {
        return Map.of("type", type, "title", title, "upperName", upperName, "isMultiple", multiple);
    }

    private Map<String, Object> present(Call call) {
        Map<String, Object> item = items.get(call.id());
        if (item == null) {
            throw new Refusal(400, "NOT_FOUND");
        }
        return item;
    }

    private boolean matches(Map<String, Object> filter, Map<String, Object> item) {
        return filter.entrySet().stream().allMatch(one -> switch (one.getKey()) {
            case ">id" -> ((Number) item.get("id")).longValue() > Long.parseLong(one.getValue().toString());
            case "=id" -> item.get("id").toString().equals(one.getValue().toString());
            default -> true;
        });
    }

    private Map<String, Object> write(String entity, String verb, Map<String, Object> body) {
        return ((Operation.Write) operations.of(entity).get(verb).step()).prepare(new Request("main", entity, body))
                .orElseThrow().send().get();
    }

    @Test
    void whatTheUpdateOnlyPretendsToClearIsClearedByTheOlderMethod() {
        portal.on("crm.item.update", call -> {
            Map<String, Object> shown = new HashMap<>(items.get(call.id()));
            shown.put("ufCrmTags", null);
            return Map.of("item", shown);
        });
        portal.on("crm.deal.update", call -> {
            assertThat(call.map("fields")).containsEntry("UF_CRM_TAGS", List.of());
            items.get(call.id()).put("ufCrmTags", List.of());
            return true;
        });
        Map<String, Object> cleared = new HashMap<>();
        cleared.put("tags", null);
        write("deal", "update", Map.of("id", 5, "fields", cleared));
        assertThat(items.get(5L)).containsEntry("ufCrmTags", List.of());
        assertThat(portal.calls("crm.deal.update")).hasSize(1);
    }

    @Test
    void whatThePortalIgnoresWithoutAWordIsToldToAPerson() {
        portal.on("crm.item.update", call -> Map.of("item", items.get(call.id())));
        assertThatThrownBy(() -> write("deal", "update", Map.of("id", 5, "fields", Map.of("link", "https://b"))))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("did not take link");
    }

    @Test
    void writesThatWaitTogetherTravelTogetherAndEachKeepsItsOwnVerdict() throws Exception {
        portal.on("crm.item.update", call -> {
            awaitWritersThatWait();
            if (call.id() == 7) {
                throw new Refusal(400, "CRM_FIELD_ERROR_REQUIRED");
            }
            return Map.of("item", Map.of("id", call.id()));
        });
        List<Object> verdicts = together();
        assertThat(portal.calls("crm.item.update")).hasSize(12);
        assertThat(portal.calls("batch")).as("not one request each").hasSizeBetween(1, 6);
        assertThat(verdicts.get(7)).isInstanceOf(VendorException.Refused.class);
        verdicts.remove(7);
        assertThat(verdicts).noneMatch(VendorException.class::isInstance);
    }

    @Test
    void inABatchWhoseAnswerWasLostEveryWriteIsUnclear() throws Exception {
        portal.on("crm.item.update", call -> {
            awaitWritersThatWait();
            return Map.of("item", Map.of("id", call.id()));
        });
        portal.losesBatches(true);
        List<Object> verdicts = together();
        assertThat(portal.calls("crm.item.update")).as("none is sent twice").hasSize(12);
        assertThat(verdicts).allMatch(one -> one instanceof VendorException.Unclear || !(one instanceof Exception))
                .anyMatch(VendorException.Unclear.class::isInstance);
    }

    private List<Object> together() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WRITES, task -> {
            Thread writer = new Thread(task);
            writers.add(writer);
            return writer;
        });
        List<Callable<Object>> work = new ArrayList<>();
        for (int n = 0; n < WRITES; n++) {
            Bitrix24Command update = new Bitrix24Command("crm.item.update", Map.of("id", n));
            work.add(() -> {
                try {
                    return account.writes().call(update);
                } catch (VendorException verdict) {
                    return verdict;
                }
            });
        }
        List<Object> verdicts = new ArrayList<>();
        for (Future<Object> one : workers.invokeAll(work)) {
            verdicts.add(one.get());
        }
        workers.shutdown();
        return verdicts;
    }

    /** The portal answers once all have come and none but those who carry is still on its way. */
    private void awaitWritersThatWait() {
        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> writers.size() == WRITES
                && writers.stream().filter(Bitrix24TrapsTest::isOnItsWay).count() <= CARRIERS);
    }

    private static boolean isOnItsWay(Thread writer) {
        return writer.getState() == Thread.State.RUNNABLE || writer.getState() == Thread.State.BLOCKED
                || writer.getState() == Thread.State.NEW;
    }

    @Test
    void whatABatchWouldSayOtherwiseTravelsAlone() {
        assertThat(new Bitrix24Command("m", Map.of("text", "цена $result[a][b]")).mayTravelTogether()).isFalse();
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("x", null);
        assertThat(new Bitrix24Command("m", nothing).mayTravelTogether()).isFalse();
        assertThat(new Bitrix24Command("m", Map.of("x", List.of())).mayTravelTogether()).isFalse();
        assertThat(new Bitrix24Command("m", Map.of("x", "a&b=c %")).mayTravelTogether()).isTrue();
        assertThat(new Bitrix24Command("m", Map.of("x", "a&b=c %")).line()).isEqualTo("m?x=a%26b%3Dc+%25");
    }

    @Test
    void theSpellingOfTimesThatThisPortalHonoursIsFoundOnce() {
        portal.on("crm.item.list", call -> Map.of("items", items.values().stream()
                .filter(item -> matches(call.map("filter"), item) && honoursSpacesOnly(call.map("filter"),
                        item)).toList()));
        Bitrix24Feed feed = Rooms.feed("deal", declared, account, links, clock);
        Map<String, String> position = Map.of();
        for (int polls = 0; polls < 3; polls++) {
            Feed.Pages pages = feed.open("main", position);
            for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
                position = page.position();
            }
        }
        List<Object> asked = portal.calls("crm.item.list").stream().map(call -> call.map("filter").get(">=updatedTime"))
                .filter(time -> time != null).toList();
        assertThat(asked.get(asked.size() - 1).toString()).matches("2026-11-23 11:57:00");
        assertThat(portal.calls("batch")).as("it is tried once").filteredOn(call ->
                call.parameters().toString().contains("updatedTime%5D") || call.parameters().toString()
                        .contains("%3E%3DupdatedTime")).hasSize(1);
    }

    private static boolean honoursSpacesOnly(Map<String, Object> filter, Map<String, Object> item) {
        return filter.entrySet().stream().filter(one -> one.getKey().endsWith("updatedTime")).allMatch(one -> {
            String time = one.getValue().toString();
            int compared = item.get("updatedTime").toString().substring(0, 19).replace('T', ' ').compareTo(time);
            return time.contains("T") ? false : one.getKey().startsWith(">=") ? compared >= 0
                    : one.getKey().startsWith("<=") ? compared <= 0 : compared < 0;
        });
    }

    @Test
    void aLostRightIsNoDeletion() {
        Bitrix24Feed feed = Rooms.feed("deal", declared, account, links, clock);
        Map<String, String> position = poll(feed, Map.of(), new ArrayList<>());
        Map<String, Object> hidden = items.remove(5L);
        portal.on("crm.item.get", call -> {
            throw new Refusal(400, "ACCESS_DENIED");
        });
        clock.advance(Duration.ofDays(1));
        position = poll(feed, position, new ArrayList<>());
        clock.advance(Duration.ofMinutes(2));
        List<Feed.News> told = new ArrayList<>();
        position = poll(feed, position, told);
        assertThat(told).noneMatch(news -> ((Map<?, ?>) news.body()).containsKey("deleted"));
        assertThat(portal.calls("crm.item.get")).as("it was asked for").isNotEmpty();
        items.put(5L, hidden);
    }

    private static Map<String, String> poll(Bitrix24Feed feed, Map<String, String> position, List<Feed.News> told) {
        Map<String, String> last = position;
        Feed.Pages pages = feed.open("main", position);
        for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
            told.addAll(page.news());
            pages.stored(page);
            last = page.position();
        }
        return last;
    }

    @Test
    void aRetypedOrRenamedFieldIsDriftAndReadsAsMissing() {
        assertThat(account.names().of("deal").missing()).isEmpty();
        portal.on("crm.item.fields", call -> Map.of("fields", Map.of(
                "title", field("string", "Название", "TITLE", false),
                "ufCrmTags", field("string", "Метки", "UF_CRM_TAGS", false),
                "ufCrmPaid", field("money", "Оплачено", "UF_CRM_PAID", false),
                "ufCrmLink", field("string", "Адрес", "UF_CRM_LINK", false))));
        account.names().forget("deal");
        assertThat(account.names().of("deal").missing()).containsExactly("deal.field.tags", "deal.field.link");
        assertThat(account.items().read("deal", Rooms.json(items.get(5L)))).containsEntry("missing",
                List.of("deal.field.tags", "deal.field.link"));
    }

    /** A person picks another currency in the field «Оплачено»: 450 dollars are no 450 roubles. */
    @Test
    void aSumInAnotherCurrencyThanItsItemsIsNoBareNumber() {
        Map<String, Object> deal = items.get(5L);
        deal.put("currencyId", "RUB");
        Map.of("450|RUB", new java.math.BigDecimal("450"), "450|USD", "450|USD", "0|USD", java.math.BigDecimal.ZERO,
                "450|", new java.math.BigDecimal("450")).forEach((written, read) -> {
            deal.put("ufCrmPaid", written);
            assertThat(account.items().read("deal", Rooms.json(deal))).containsEntry("paid", read);
        });
    }

    @Test
    void aCompanyComesWithItsRequisitesAndAccounts() {
        items.put(8L, new HashMap<>(Map.of("id", 8, "title", "ООО «Ромашка»")));
        portal.on("crm.requisite.list", call -> List.of(Map.of("ID", "2201", "RQ_INN", "77 0123 4567", "RQ_KPP", "7701 ab 001",
                "RQ_COMPANY_NAME", "Ромашка")));
        portal.on("crm.requisite.bankdetail.list", call -> List.of(Map.of("ID", "9", "ENTITY_ID", "2201", "RQ_ACC_NUM",
                "40702810900000000001", "RQ_BIK", "044525000", "RQ_BANK_NAME", "Банк")));
        Object company = ((Operation.Read) operations.of("company").get("get").step())
                .read(new Request("main", "company", 8));
        assertThat(company).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("requisites", List.of(Map.of("inn", "7701234567", "kpp", "7701AB001", "name", "Ромашка", "accounts",
                        List.of(Map.of("account", "40702810900000000001", "bic", "044525000", "bank", "Банк")))));
    }

    @Test
    void aToDoWhoseAnswerWasLostIsFoundOrGivenToAPerson() {
        Operation.Effect todo = ((Operation.Write) operations.of("deal").get("todo").step()).prepare(new Request("main",
                "deal", Map.of("id", 5, "title", "Позвонить", "deadline", "2026-12-01", "marker", "sverka:todo:1")))
                .orElseThrow();
        assertThatThrownBy(() -> todo.find().get()).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("dismiss this entry");
        portal.on("crm.activity.list", call -> List.of(Map.of("ID", "993", "DESCRIPTION", "sverka:todo:12")));
        assertThat(todo.find().get()).as("another's, whose marker begins alike").isEmpty();
        portal.on("crm.activity.list", call -> List.of(Map.of("ID", "993", "DESCRIPTION", "sverka:todo:12"),
                Map.of("ID", "991", "DESCRIPTION", "Спросить о сроке<br>sverka:todo:1<br />")));
        assertThat(todo.find().get()).contains(Map.of("id", 991L));
        portal.on("crm.activity.todo.add", call -> {
            assertThat(call.parameters()).containsEntry("deadline", "2026-12-01T18:00:00+03:00")
                    .containsEntry("ownerTypeId", 2);
            return Map.of("id", 992);
        });
        assertThat(todo.send().get()).containsEntry("id", 992L);
    }

    /** A scalar is refused with error 100 (section 6.5). */
    @Test
    void oneValueOfAFieldOfSeveralIsWrittenAsAListAndComparedAsOne() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        portal.on("crm.item.update", call -> {
            seen.add(call.map("fields").get("ufCrmTags"));
            items.get(5L).put("ufCrmTags", List.of("розница"));
            return Map.of("item", items.get(5L));
        });
        write("deal", "update", Map.of("id", 5, "fields", Map.of("tags", "розница")));
        assertThat(seen).containsExactly(List.of("розница"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(((Operation.Write) operations.of("deal").get("update").step()).prepare(new Request("main", "deal",
                Map.of("id", 5, "fields", Map.of("tags", "розница"))))).isEmpty();
    }

    /** 1E+5 is a number to Java and a text to some. */
    @Test
    void noNumberIsWrittenWithAnExponent() {
        Map<String, Object> fields = Map.of("sum", new BigDecimal("1E+5"), "many", List.of(new BigDecimal("1E+1")));
        assertThat(new Bitrix24Command("crm.item.update", Map.of("fields", fields)).line()).doesNotContain("E%2B")
                .contains("=100000");
        List<String> seen = new CopyOnWriteArrayList<>();
        portal.onBody(seen::add).on("crm.item.update", call -> Map.of("item", Map.of()));
        account.client().write("crm.item.update", Map.of("fields", fields));
        assertThat(seen.get(seen.size() - 1)).contains("100000").doesNotContain("1E+5");
    }

    @Test
    void aCompanysRequisitesAreAddedOnceWhateverIsRepeated() {
        List<Map<String, String>> requisites = new ArrayList<>();
        List<Map<String, String>> details = new ArrayList<>();
        portal.on("crm.item.add", call -> {
            items.put(9L, new LinkedHashMap<>(Map.of("id", 9, "title", "ООО")));
            return Map.of("item", items.get(9L));
        });
        portal.on("crm.requisite.list", call -> requisites).on("crm.requisite.bankdetail.list", call -> details);
        portal.on("crm.requisite.preset.list", call -> List.of(Map.of("ID", "3")));
        portal.on("crm.requisite.add", call -> {
            requisites.add(Map.of("ID", "1", "RQ_INN", call.map("fields").get("RQ_INN").toString(), "RQ_KPP", ""));
            return 1;
        });
        portal.on("crm.requisite.bankdetail.add", call -> {
            details.add(Map.of("ID", "2", "RQ_ACC_NUM", call.map("fields").get("RQ_ACC_NUM").toString()));
            return 2;
        });
        Map<String, Object> body = Map.of("marker", "sverka:x:main:1", "fields", Map.of("title", "ООО", "requisites",
                List.of(Map.of("inn", "7701234567", "accounts", List.of(Map.of("account", "40702810900000000001"))))));
        write("company", "create", body);
        ((Operation.Write) operations.of("company").get("create").step()).prepare(new Request("main", "company", body))
                .orElseThrow().find().get();
        assertThat(requisites).hasSize(1);
        assertThat(details).hasSize(1);
    }
}
