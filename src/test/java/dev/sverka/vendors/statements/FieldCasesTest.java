package dev.sverka.vendors.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.state.Databases;
import dev.sverka.records.bank.BankOperation;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files that went wrong in the field. */
class FieldCasesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T07:00:00Z"), ZoneOffset.UTC);

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

    private static StatementReader reader(String... own) {
        return new StatementReader("statements.main", Set.of(own), new StatementRows(JdbcClient.create(store)), CLOCK);
    }

    private static List<BankOperation> operations(StatementReader.Reading reading) {
        return reading.news().stream().map(Feed.News::body).filter(BankOperation.class::isInstance)
                .map(BankOperation.class::cast).toList();
    }

    private static byte[] sample(String name) {
        return StatementSamplesTest.sample(name);
    }

    @Test
    void anAccountOf21DigitsIsCalledNoAccountNumber() {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> reader("40702810000000001012")
                .read(sample("case-03-kl_to_1c.txt")));
        assertThat(refusal.findings().toString()).contains("не номер счёта").contains("в нём 21 знаков")
                .doesNotContain("не числится за нашими");
    }

    @Test
    void aPurposeOverSeveralLinesIsOnePurposeAlsoWithEqualsSignsInIt() throws Refusal {
        StatementReader.Reading reading = reader("40702810000000001035").read(sample("case-26-kl_to_1c.txt"));
        assertThat(operations(reading)).extracting(BankOperation::purpose)
                .contains("Оплата по счету № 2801 от 02.11.2026 за ООО «Ромашка» ИНН=7799999999 по письму № 5",
                        "Оплата по счету № 2803 от 02.11.2026 в т.ч. НДС 20% 500-00");
        assertThat(reading.findings()).anyMatch(finding -> finding.kind() == Finding.Kind.LINE);
    }

    @Test
    void ordersOnTheirWayToTheBankAreNoMovements() throws Refusal {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> reader("40702810000000001060")
                .read(sample("case-29-1c_to_kl.txt")));
        assertThat(refusal.findings().toString()).contains("платёжка в пути").contains("выгрузите из банка выписку");
        assertThat(operations(reader("40702810000000001060").read(sample("case-29-kl_to_1c.txt")))).singleElement()
                .satisfies(one -> assertThat(one.amount()).isEqualTo(1_235_400));
    }

    @Test
    void anOrderAmongMovementsIsHeldAndTold() throws Refusal {
        String text = new String(sample("case-29-kl_to_1c.txt"), Charset.forName("windows-1251"));
        String order = text.substring(text.indexOf("СекцияДокумент"), text.indexOf("КонецФайла"))
                .replace("ДатаСписано=27.11.2026", "ДатаСписано=").replace("Номер=105", "Номер=999");
        byte[] both = text.replace("КонецФайла", order + "КонецФайла").getBytes(Charset.forName("windows-1251"));
        StatementReader.Reading reading = reader("40702810000000001060").read(both);
        assertThat(operations(reading)).hasSize(1);
        assertThat(reading.findings().toString()).contains("№ 999").contains("ещё не проведён");
        assertThat(reading.isComplete()).isFalse();
    }
}
