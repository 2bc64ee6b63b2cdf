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
        assertThat(refusal.findings().toString()).contains("не номер счёта").contains("знаков в нём 21")
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

    private static byte[] changed(String sample, String from, String to) {
        String text = new String(sample(sample), Charset.forName("windows-1251"));
        String ends = text.contains("\r\n") ? "\r\n" : "\n";
        assertThat(text).contains(from);
        return text.replace(from, to.replace("\n", ends)).getBytes(Charset.forName("windows-1251"));
    }

    private static StatementReader.Reading read26(String further) throws Refusal {
        return reader("40702810000000001035").read(changed("case-26-kl_to_1c.txt", "в т.ч. НДС 20% 500-00", further));
    }

    @Test
    void aPurposeGoesOnWithWhateverIsNoKeyOfTheFormat() throws Refusal {
        for (String further : List.of("Секция гимнастики, 5 занятий", "Секция=5, занятие 7", "Договор=12", "НДС=0.00")) {
            assertThat(operations(read26(further))).as(further).extracting(BankOperation::purpose)
                    .contains("Оплата по счету № 2803 от 02.11.2026 " + further);
        }
    }

    @Test
    void aKeyThatNobodyKnowsIsNoPartOfThePurpose() throws Refusal {
        StatementReader.Reading reading = read26("УникальныйНомер=2805");
        assertThat(operations(reading)).extracting(BankOperation::purpose)
                .contains("Оплата по счету № 2803 от 02.11.2026");
    }

    @Test
    void aLineThatMayBeAKeyOrThePurposeHoldsTheDocument() throws Refusal {
        String doubled = "Код=0\nВидПлатежа=Электронно\nНазначениеПлатежа1=по счету\nКод=2805";
        StatementReader.Reading reading = read26(doubled);
        assertThat(operations(reading)).hasSize(2).extracting(BankOperation::documentNumber).doesNotContain("82");
        assertThat(reading.findings().toString()).contains("«Код» стоит дважды");
    }

    @Test
    void documentsWithoutDatesOfPostingAreMovementsWhereTheTurnoversCountThem() throws Refusal {
        byte[] undated = changed("case-29-kl_to_1c.txt", "ДатаСписано=27.11.2026", "ДатаСписано=");
        StatementReader.Reading reading = reader("40702810000000001060").read(undated);
        assertThat(operations(reading)).singleElement().satisfies(one ->
                assertThat(one.bookedOn()).isEqualTo(java.time.LocalDate.of(2026, 11, 27)));
        assertThat(reading.isComplete()).isTrue();
    }

    @Test
    void aFilterOfKindsAndNoSectionAreOrdersWhateverTheirDates() {
        byte[] dated = changed("case-29-1c_to_kl.txt", "ПолучательСчет=", "КвитанцияДата=27.11.2026\nПолучательСчет=");
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> reader("40702810000000001060").read(dated));
        assertThat(refusal.findings().toString()).contains("платёжка в пути").contains("Документ=");
    }

    @Test
    void kindsThatNobodyKnowsAreTakenAndTold() throws Refusal {
        byte[] other = changed("case-26-kl_to_1c.txt", "СекцияДокумент=Платежное поручение", "СекцияДокумент=Холд по карте");
        StatementReader.Reading reading = reader("40702810000000001035").read(other);
        assertThat(operations(reading)).isNotEmpty();
        assertThat(reading.findings()).filteredOn(one -> one.kind() == Finding.Kind.KIND).singleElement()
                .satisfies(one -> assertThat(one.toString()).contains("«Холд по карте» (всего 3)").contains("на удержании"));
        assertThat(reading.isComplete()).as("nothing was left out").isTrue();
    }

    @Test
    void namesOfSectionsAreToldApartWithoutRegardToCase() throws Refusal {
        String text = new String(sample("case-26-kl_to_1c.txt"), Charset.forName("windows-1251"))
                .replace("КонецДокумента", "Конецдокумента").replace("СекцияДокумент", "секцияДокумент")
                .replace("КонецФайла", "КОНЕЦФАЙЛА");
        assertThat(operations(reader("40702810000000001035").read(text.getBytes(Charset.forName("windows-1251")))))
                .isNotEmpty();
    }

    @Test
    void theMarkWithWhichDosEndsAFileIsNoFurtherText() throws Refusal {
        byte[] marked = changed("case-26-kl_to_1c.txt", "КонецФайла", "КонецФайла\n\u001A");
        assertThat(operations(reader("40702810000000001035").read(marked))).isNotEmpty();
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
