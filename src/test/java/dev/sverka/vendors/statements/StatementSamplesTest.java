package dev.sverka.vendors.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.state.Databases;
import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.vendors.statements.Finding.Kind;
import dev.sverka.vendors.statements.StatementReader.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the room concludes from each sample, and that it is what the samples' own list says. */
class StatementSamplesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-18T07:00:00Z"), ZoneOffset.UTC);
    private static final String MAIN = "40702810700009990010";
    private static final Set<String> OWN = Set.of(MAIN, "40702810000009990011");

    @TempDir
    static Path folder;

    private static HikariDataSource store;

    @BeforeAll
    static void open() {
        store = Databases.h2(folder);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    static byte[] sample(String name) {
        try (var file = StatementSamplesTest.class.getResourceAsStream("/vendors/statements/" + name)) {
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static JsonNode expected() {
        return JsonMapper.builder().build().readTree(sample("expected.json"));
    }

    static Stream<String> samples() {
        return expected().propertyNames().stream();
    }

    private static Reading read(String name) throws Refusal {
        return new StatementReader("statements.main", OWN, new StatementRows(JdbcClient.create(store)), CLOCK)
                .read(sample(name));
    }

    private static List<BankOperation> operations(String name) throws Refusal {
        return read(name).news().stream().map(Feed.News::body).filter(BankOperation.class::isInstance)
                .map(BankOperation.class::cast).toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachSampleGivesWhatItsListSays(String name) throws Refusal {
        JsonNode wanted = expected().path(name);
        switch (wanted.path("result").asString("")) {
            case "reject" -> assertThat(catchThrowableOfType(Refusal.class, () -> read(name))).isNotNull();
            case "hold" -> assertThat(findings(name)).as("a person is told").isNotEmpty();
            default -> {
                assertThat(read(name).findings()).isEmpty();
                checkTotals(name, wanted);
                checkBalances(name, wanted);
            }
        }
    }

    private static List<Kind> findings(String name) {
        try {
            return read(name).findings().stream().map(Finding::kind).toList();
        } catch (Refusal refusal) {
            return refusal.findings().stream().map(Finding::kind).toList();
        }
    }

    private static void checkTotals(String name, JsonNode wanted) throws Refusal {
        List<BankOperation> operations = operations(name);
        int sides = wanted.has("accounts") ? wanted.path("accounts").size() : 1;
        assertThat(operations).hasSize(wanted.path("documents").asInt() * sides);
        if (wanted.has("credits")) {
            assertThat(total(operations, Direction.INCOMING)).isEqualByComparingTo(wanted.path("credits").asString());
            assertThat(total(operations, Direction.OUTGOING)).isEqualByComparingTo(wanted.path("debits").asString());
            assertThat(operations).allMatch(one -> one.bankAccount().equals(wanted.path("account").asString()));
        }
    }

    private static BigDecimal total(List<BankOperation> operations, Direction direction) {
        return BigDecimal.valueOf(operations.stream().filter(one -> one.direction() == direction)
                .mapToLong(BankOperation::amount).sum(), 2);
    }

    private static void checkBalances(String name, JsonNode wanted) throws Refusal {
        StatementFile file = StatementParser.parse(sample(name));
        List<Section> sections = new Balances(file, OWN, List.of(), new ArrayList<>()).sections();
        if (!wanted.has("opening")) {
            return;
        }
        assertThat(sections.get(0).opening()).isEqualByComparingTo(wanted.path("opening").asString());
        assertThat(sections.get(sections.size() - 1).closing()).isEqualByComparingTo(wanted.path("closing").asString());
    }

    @Test
    void anOperationCarriesWhatTheMatcherNeeds() throws Refusal {
        BankOperation operation = operations("full-v103-cp1251-crlf.txt").get(0);
        assertThat(operation.source()).isEqualTo("statements.main");
        assertThat(operation.sourceId()).matches("1c-[0-9a-f]{24}");
        assertThat(operation).extracting(BankOperation::bankAccount, BankOperation::direction, BankOperation::amount,
                        BankOperation::currency, BankOperation::bookedOn, BankOperation::documentNumber,
                        BankOperation::purpose, BankOperation::category)
                .containsExactly(MAIN, Direction.INCOMING, 4820050L, "RUB", LocalDate.of(2026, 11, 16), "117",
                        "Оплата по счету № 117 от 12.11.2026 за настройку оборудования. НДС не облагается",
                        "Платежное поручение");
        assertThat(operation.counterparty()).isEqualTo(new BankOperation.Counterparty("0099000127", "009901002",
                "ООО \"РОМАШКА-ОБРАЗЕЦ\"", "40702810600000880012"));
        assertThat(operations("full-v103-cp1251-crlf.txt").get(1).purpose())
                .isEqualTo("Оплата по договору ТЛ-58 за перевозку. Скидка=5%; пункт 3=согласован");
    }

    @Test
    void aTransferBetweenOurAccountsIsAMovementOnEach() throws Refusal {
        assertThat(operations("two-accounts-internal-transfer.txt"))
                .extracting(BankOperation::bankAccount, BankOperation::direction)
                .containsExactlyInAnyOrder(org.assertj.core.groups.Tuple.tuple(MAIN, Direction.OUTGOING),
                        org.assertj.core.groups.Tuple.tuple("40702810000009990011", Direction.INCOMING));
    }

    @Test
    void twoPaymentsEqualInEverythingAreTwo() throws Refusal {
        assertThat(operations("edge-two-identical-documents.txt")).extracting(BankOperation::sourceId)
                .doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void textReadsWellInEveryEncoding() throws Refusal {
        assertThat(operations("dos-cp866.txt").get(0).purpose()).isEqualTo("Проверка кодировки ДОС. Ёлка");
        for (String name : List.of("utf8-bom.txt", "utf8-declared-windows.txt")) {
            assertThat(operations(name).get(0).counterparty().name()).contains("Образцов Тест");
        }
        assertThat(operations("amounts-comma-and-space.txt").get(0))
                .extracting(BankOperation::purpose, BankOperation::documentNumber)
                .containsExactly("Пробелы   внутри и в конце", "FDC240");
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void aRefusalSaysWhyWhereAndWhatToDo(Map.Entry<String, String> reason) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(reason.getKey()));
        assertThat(refusal.findings().toString()).matches("(?s).*" + reason.getValue() + ".*")
                .contains("Что сделать: ");
        assertThat(refusal.getMessage()).as("the log holds nothing of the file").matches("[A-Z]+( in line \\d+)?");
    }

    static Stream<Map.Entry<String, String>> reasons() {
        return Map.of("fault-no-end-of-file.txt", "Строка 91: нет последней строки «КонецФайла»",
                "fault-cut-mid-document.txt", "документ, начатый в строке \\d+, не закрыт",
                "fault-unclosed-document.txt", "Строка \\d+: «СекцияДокумент» начинается, а раздел из строки \\d+",
                "fault-replacement-characters.txt", "U\\+FFFD",
                "fault-html-instead-of-file.txt", "Строка 1: первая строка не .*; это страница сайта",
                "fault-own-account-on-neither-side.txt", "Строка 20: ни плательщик, ни получатель документа № 9")
                .entrySet().stream();
    }
}
