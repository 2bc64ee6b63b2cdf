package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Difference;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.StandIn.Reply;
import dev.sverka.sandbox.bitrix24.Administrator;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The shipped declaration against a portal over HTTP, every call counted there. */
class Bitrix24ProvisionTest {

    /** A small declaration with one of each kind, so that it can be cut at every call. */
    private static final String SMALL = """
            entities:
              deal:
                builtin: deal
                pipelines:
                  main:
                    title: Продажи
                    use: 0
                    stages: {new: {title: Новая}, proposal: {title: КП}, won: {title: В, use: WON, semantics: success}}
                fields: {title: {std: title, type: string}, vat: {label: НДС, type: list, values: [0 %, 22 %]}}
              stage:
                title: Этапы
                relations: [deal]
                pipelines: {main: {title: Этапы, default: true, stages: {new: {title: Новый},
                  done: {title: Завершён, semantics: success}}}}
                fields: {number: {label: Номер, type: integer}, amount: {std: opportunity, type: money}}
              report:
                title: Отчёты
                relations: [deal, stage]
                pipelines:
                  work: {title: По работам, default: true, stages: {a: {title: А}, b: {title: Б}, c: {title: В},
                    d: {title: Г}, ok: {title: Да, semantics: success}, bad: {title: Нет, semantics: failure},
                    never: {title: Никогда, semantics: failure}}}
                  staff: {title: По людям, stages: {draft: {title: Черновик}, ok: {title: Да, semantics: success}}}
                fields: {hash: {label: Сумма, type: string}, stageItem: {parent: stage, type: parent}}
            """;

    /** Only a renamed portal is kept here. */
    private static final Links LINKS = Stores.open().links();

    private Bitrix24StandIn portal;
    private final List<Difference> done = new ArrayList<>();

    @BeforeEach
    void open() {
        portal = bare();
    }

    @AfterEach
    void close() {
        portal.close();
    }

    private static Bitrix24StandIn bare() {
        Bitrix24StandIn portal = new Bitrix24StandIn(0, Clock.systemUTC()).limited(false);
        dev.sverka.sandbox.bitrix24.Portal.bare(portal.crm());
        return portal;
    }

    private static Bitrix24Client client(Bitrix24StandIn portal) {
        return Rooms.client(portal.url(), Rooms.UNLIMITED, Rooms.LIMITS, Clock.systemUTC(), UnaryOperator.identity(),
                LINKS);
    }

    private static Declared<Portal> shipped() {
        try {
            return Portals.declared(Files.readString(Path.of("mappings/portal.yaml")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Bitrix24Provision provision(Bitrix24StandIn portal, Declared<Portal> declared, int tries) {
        return new Bitrix24Provision(() -> client(portal), declared, "https://sync.example.org",
                Duration.ZERO, tries);
    }

    private Bitrix24Provision provision(Declared<Portal> declared) {
        return provision(portal, declared, 3);
    }

    private static List<String> differing(List<Difference> lines) {
        return lines.stream().filter(Difference::counts).map(Difference::toString).toList();
    }

    /** The schema as the portal tells it, without numbers that depend on the order of calls. */
    private static String schema(Bitrix24StandIn portal) {
        Bitrix24Client client = client(portal);
        StringBuilder told = new StringBuilder();
        Map<Integer, String> types = new TreeMap<>(Map.of(2, "Сделки", 4, "Компании"));
        Bitrix24Client.rows(client.read("crm.type.list", Map.of()).path("types")).forEach(row ->
                types.put(row.path("entityTypeId").asInt(), row.path("title").asString("")));
        List<String> lines = new ArrayList<>();
        types.forEach((id, title) -> {
            client.read("crm.item.fields", Map.of("entityTypeId", id)).path("fields").properties().forEach(field -> {
                JsonNode one = field.getValue();
                String upper = one.path("upperName").asString("").replaceAll("\\d+", "N");
                lines.add(title + " " + upper + " " + one.path("type").asString("") + " "
                        + one.path("isMultiple").asString("")
                        + Bitrix24Client.rows(one.path("items")).stream().map(item -> item.path("VALUE").asString(""))
                                .toList() + (upper.startsWith("UF_") ? one.path("title").asString("") : ""));
            });
            if (id != 4) {
                Bitrix24Client.rows(client.read("crm.category.list", Map.of("entityTypeId", id)).path("categories"))
                        .forEach(funnel -> lines.add(title + " " + funnel.path("name").asString("") + " "
                                + funnel.path("isDefault").asString("") + Bitrix24Client.rows(client.read(
                                        "crm.status.list", Map.of("filter", Map.of("ENTITY_ID", Bitrix24Look.directory(
                                                id, funnel.path("id").asInt())), "order", Map.of("SORT", "ASC"))))
                                        .stream().map(stage -> stage.path("NAME").asString("") + "/"
                                                + stage.path("STATUS_ID").asString("").replaceAll(".*:", "") + "/"
                                                + stage.path("SEMANTICS").asString("") + "/"
                                                + stage.path("COLOR").asString("")).toList()));
            }
        });
        lines.stream().sorted().forEach(line -> told.append(line).append('\n'));
        return told.toString();
    }

    @Test
    void anEmptyPortalHoldsEverythingAfterAtMostSixtyRequestsAndASecondRunOnlyReads() {
        assertThat(differing(provision(shipped()).compare())).contains(
                "create: payment smart process «Платежи»",
                "create: payment.in funnel «Поступления (исходящие счета)»",
                "create: payment.field.paid field «Оплачено», money",
                "create: deal.main.stage.proposal stage «КП»", "create: company.field.fintabloPartner"
                        + " field «Контрагент ФинТабло», string").noneMatch(line -> line.startsWith("drift"));
        assertThat(portal.writes()).isEmpty();

        portal.calls().clear();
        assertThat(differing(provision(shipped()).apply(done::add))).isEmpty();
        assertThat(portal.calls()).hasSizeLessThanOrEqualTo(60);
        assertThat(schema(portal)).contains(
                "Платежи Поступления (исходящие счета) Y[Запланирован/NEW//#39A8EF, Счёт выставлен/PREPARATION//#2FC6F6,"
                        + " Частично оплачен/CLIENT//#FFA900, Оплачен/SUCCESS/S/#7BD500, Отменён/FAIL/F/#FF5752]",
                "Отчёты и акты По сотрудникам N[Черновик/NEW//#39A8EF, Проверен/SUCCESS/S/#7BD500]",
                "Сделки Общая Y[Новая/NEW//", "КП/PROPOSAL//", "Договор/CONTRACT//",
                "Платежи UF_CRM_N_PAID money falseОплачено".replace("false", "false[]"),
                "Платежи UF_CRM_N_PART enumeration false[Аванс, Остаток]Часть",
                "Платежи UF_CRM_N_ACTNUMBERS string true[]Акты и УПД", "Платежи PARENT_ID_N crm_entity")
                .doesNotContain("настраивает", "Начало", "Провал,");

        int written = portal.writes().size();
        assertThat(differing(provision(shipped()).apply(done::add))).isEmpty();
        assertThat(portal.writes()).hasSize(written);
    }

    @Test
    void whatWasMadeIsWhatTheDaemonFinds() {
        provision(shipped()).apply(done::add);
        Bitrix24Names names = Rooms.account(client(portal), shipped(),
                LINKS, Clock.systemUTC()).names();
        for (String entity : shipped().get().entities().keySet()) {
            assertThat(names.of(entity).missing()).as(entity).isEmpty();
        }
    }

    @Test
    void aRunCutAtAnyWritingCallIsFinishedByTheNextWithoutAnythingTwice() {
        String whole;
        int[] writes = {0};
        try (Bitrix24StandIn other = bare()) {
            other.beforeWrite(() -> writes[0]++);
            provision(other, Portals.declared(SMALL), 1).apply(done::add);
            whole = schema(other);
        }
        assertThat(writes[0]).isGreaterThan(7);
        for (int cut = 1; cut <= writes[0]; cut++) {
            for (Faults.Kind kind : List.of(Faults.Kind.LOST_ANSWER, Faults.Kind.RESET_BEFORE)) {
                try (Bitrix24StandIn other = bare()) {
                    cut(other, cut, kind);
                    assertThat(differing(provision(other, Portals.declared(SMALL), 1).apply(done::add))).isEmpty();
                    assertThat(schema(other)).as(kind + " at " + cut).isEqualTo(whole);
                }
            }
        }
    }

    /** Lets some writing calls pass, and ends the run at the next. */
    private void cut(Bitrix24StandIn other, int at, Faults.Kind kind) {
        int[] left = {at};
        Bitrix24Provision doomed = provision(other, Portals.declared(SMALL), 1);
        other.beforeWrite(() -> {
            if (--left[0] == 0) {
                other.faults().next("*", kind);
            }
        });
        try {
            doomed.apply(done::add);
        } catch (VendorException ended) {
            assertThat(left[0]).isLessThanOrEqualTo(0);
        }
        other.beforeWrite(() -> { });
        other.faults().none();
    }

    @Test
    void peoplesOwnStaysAndDriftIsNotMadeAnewBesideIt() {
        provision(shipped()).apply(done::add);
        Administrator administrator = new Administrator(portal.crm());
        int payments = typeId("Платежи");
        administrator.renameField(payments, "UF_CRM_4_PAID".replace("4", typeNumber("Платежи")), "Поступило");
        administrator.renameStage(payments, code(payments, "Оплачен"), "Закрыт");
        administrator.renameStage(payments, code(payments, "Запланирован"), "План");
        administrator.renameType(typeId("Документы"), "Бумаги");
        int written = portal.writes().size();

        assertThat(differing(provision(shipped()).apply(done::add)).stream().map(line -> line.replaceFirst(";.*", "")))
                .containsExactly("drift: payment.in.stage.planned «Запланирован» is called «План» on the portal",
                        "drift: payment.in.stage.paid «Оплачен» is called «Закрыт» on the portal",
                        "drift: payment.field.paid «Оплачено» is called «Поступило» on the portal",
                        "drift: document «Документы» seems to be called «Бумаги» on the portal, which has its fields");
        assertThat(portal.writes()).hasSize(written);
    }

    private int typeId(String title) {
        return type(title).path("entityTypeId").asInt();
    }

    private String typeNumber(String title) {
        return type(title).path("id").asString("");
    }

    private JsonNode type(String title) {
        return Bitrix24Client.rows(client(portal).read("crm.type.list", Map.of()).path("types")).stream()
                .filter(row -> row.path("title").asString("").equals(title)).findFirst().orElseThrow();
    }

    private String code(int typeId, String stage) {
        Bitrix24Client client = client(portal);
        return Bitrix24Client.rows(client.read("crm.category.list", Map.of("entityTypeId", typeId)).path("categories"))
                .stream().flatMap(funnel -> Bitrix24Client.rows(client.read("crm.status.list", Map.of("filter",
                        Map.of("ENTITY_ID", Bitrix24Look.directory(typeId, funnel.path("id").asInt()))))).stream())
                .filter(row -> row.path("NAME").asString("").equals(stage)).findFirst().orElseThrow()
                .path("STATUS_ID").asString("");
    }

    /** What people have made under other names, told by number, code and title. */
    private static final String ADOPTING = """
            entities:
              payment:
                title: Платёжки
                use: 1046
                relations: [deal, stage]
                pipelines:
                  in:
                    title: Приход
                    use: 31
                    stages: {planned: {title: План, use: NEW}, invoiced: {title: Счёт, use: Счёт выставлен},
                      sent: {title: Отправлен, color: "#123456"}, partlyPaid: {title: Ч, use: UC_9KZ1Q7},
                      paid: {title: О, use: "DT1046_31:SUCCESS", semantics: success},
                      cancelled: {title: Отменён, semantics: failure}, lost: {title: Пропал, semantics: failure}}
                fields:
                  sum: {label: Сумма, use: UF_CRM_12_PAID, type: money}
                  due: {label: Срок, use: Срок оплаты, type: date}
                  part: {label: Часть, type: list, values: [Аванс, Остаток, Середина]}
                  note: {label: Пометка, type: string}
              stage: {title: Этапы, fields: {title: {std: title, type: string}}}
              deal: {builtin: deal, fields: {title: {std: title, type: string}}}
            """;

    @Test
    void whatPeopleMadeIsAdoptedByNumberCodeOrTitleAndOnlyGains() {
        portal.close();
        portal = new Bitrix24StandIn(0, Clock.systemUTC()).limited(false);
        dev.sverka.sandbox.bitrix24.Portal.of(portal.crm());
        List<Difference> plan = provision(Portals.declared(ADOPTING)).compare();
        assertThat(plan).extracting(Difference::toString).contains("adopt: payment is «Платежи», smart process 1046",
                "adopt: payment.in is «Поступления (исходящие счета)», funnel 31",
                "adopt: payment.in.stage.partlyPaid is «Частично оплачен» (DT1046_31:UC_9KZ1Q7)",
                "adopt: payment.field.sum is «Оплачено» (UF_CRM_12_PAID)",
                "adopt: payment.field.due is «Срок оплаты» (UF_CRM_12_DUEDATE)",
                "foreign: payment funnel «Списания (входящие счета)» (33) stays as it is",
                "foreign: payment field «Номер счёта» (UF_CRM_12_NUMBER) stays as it is");
        assertThat(differing(plan)).contains("change: payment.field.part gains «Середина»",
                "change: payment gets the relation to stage", "create: payment.in.stage.sent stage «Отправлен»",
                "create: payment.in.stage.lost stage «Пропал», failure",
                "create: payment.field.note field «Пометка», string");
        String before = schema(portal);

        assertThat(differing(provision(Portals.declared(ADOPTING)).apply(done::add))).isEmpty();
        String after = schema(portal);
        assertThat(after).contains("[Запланирован/NEW//#39A8EF, Счёт выставлен/PREPARATION//#2FC6F6,"
                + " Отправлен/SENT//#123456, Частично оплачен/UC_9KZ1Q7//#FFA900, Оплачен/SUCCESS/S/#7BD500,"
                + " Отменён/FAIL/F/#FF5752, Пропал/LOST/F/", "UF_CRM_N_PART enumeration false[Аванс, Остаток, Середина]");
        before.lines().filter(line -> !line.contains("исходящие") && !line.contains("_PART "))
                .forEach(line -> assertThat(after).contains(line));
        int written = portal.writes().size();
        assertThat(differing(provision(Portals.declared(ADOPTING)).apply(done::add))).isEmpty();
        assertThat(portal.writes()).hasSize(written);
    }

    @Test
    void whatWasDeletedAndWhatWasRetypedIsDriftAndOnlyTheDeletedIsMadeAnew() {
        portal.close();
        portal = new Bitrix24StandIn(0, Clock.systemUTC()).limited(false);
        dev.sverka.sandbox.bitrix24.Portal.of(portal.crm());
        Administrator administrator = new Administrator(portal.crm());
        administrator.dropField(dev.sverka.sandbox.bitrix24.Portal.PAYMENTS, "ufCrm12Paid");
        administrator.dropStage(dev.sverka.sandbox.bitrix24.Portal.PAYMENTS, "DT1046_31:UC_9KZ1Q7");
        administrator.retypeField(dev.sverka.sandbox.bitrix24.Portal.PAYMENTS, "UF_CRM_12_PERCENT", "string");
        assertThat(differing(provision(shipped()).compare()).stream().filter(line -> line.contains("payment")))
                .anyMatch(line -> line.startsWith("drift: payment.field.paid «Оплачено» is not on the portal"))
                .anyMatch(line -> line.startsWith("drift: payment.in.stage.partlyPaid «Частично оплачен» is not on"))
                .anyMatch(line -> line.startsWith("drift: payment.field.percent «Процент» is string there, not number"))
                .contains("create: payment.field.paid field «Оплачено», money")
                .noneMatch(line -> line.startsWith("create: payment.field.percent"));
        assertThat(differing(provision(shipped()).apply(done::add))).singleElement().asString()
                .startsWith("drift: payment.field.percent");
    }

    @Test
    void batchesThatTheServerCutsOffBecomeSmallerUntilAllIsDone() {
        portal.callsTakeTime(true);
        portal.cost("userfieldconfig.add", "4", "0");
        assertThat(differing(provision(shipped()).apply(done::add))).isEmpty();
        assertThat(schema(portal).lines().filter(line -> line.contains("UF_"))).doesNotHaveDuplicates();
    }

    @Test
    void withoutTheRightsNothingIsBegun() {
        portal.usualWebhook(true, "crm");
        assertThatThrownBy(() -> provision(shipped()).apply(done::add)).hasMessageContaining("userfieldconfig");
        assertThat(portal.writes()).isEmpty();
        portal.faults().answer("crm.type.list", Reply.json(401, Map.of("error", "NO_AUTH_FOUND")));
        assertThatThrownBy(() -> provision(shipped()).compare()).isInstanceOf(VendorException.AuthLost.class);
    }
}
