package dev.sverka.vendors.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.sandbox.statements.StatementExport.Bank;
import dev.sverka.sandbox.statements.StatementExport.Ends;
import dev.sverka.sandbox.statements.StatementExport.Movement;
import dev.sverka.sandbox.statements.StatementExport.Text;
import dev.sverka.sandbox.statements.StatementExport;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One set of movements reads alike in any bank's manner and any physical shape; a cut one is never read in part. */
class StatementExportsTest {

    private static final String ACCOUNT = "40702810700009990010";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final Movement CAME = new Movement("0117", DAY, 350_050, "40702810600000880012", "0099000127",
            "ООО \"РОМАШКА \"ОБРАЗЕЦ\"\"", "Оплата по счёту № 117; скидка=5% за ёлки");
    private static final Movement WENT = new Movement("БА8170433", DAY.plusDays(1), -20_000, "40702810000000880023",
            "0099000230", "АО \"УЧЕБНАЯ ЛОГИСТИКА\"", "Перевозка");

    private static StatementExport export() {
        return StatementExport.of(ACCOUNT).with(CAME, WENT);
    }

    private static List<Row> read(byte[] bytes, List<Finding> findings) throws Refusal {
        StatementFile file = StatementParser.parse(bytes);
        findings.addAll(file.findings());
        Documents documents = new Documents(Set.of(ACCOUNT), file.accounts(), LocalDate.of(2026, 11, 18), findings);
        StatementParser.documents(bytes, documents::add);
        new Balances(file, Set.of(ACCOUNT), documents.rows(), findings).check();
        return documents.rows();
    }

    private static List<Row> read(byte[] bytes) throws Refusal {
        List<Finding> findings = new ArrayList<>();
        List<Row> rows = read(bytes, findings);
        assertThat(findings).isEmpty();
        return rows;
    }

    @ParameterizedTest
    @EnumSource(Bank.class)
    void everyBankTellsTheSameMovements(Bank bank) throws Refusal {
        List<Row> rows = read(export().bank(bank).bytes());
        assertThat(rows).extracting(Row::direction).containsExactly(Direction.INCOMING, Direction.OUTGOING);
        assertThat(rows).extracting(Row::amount).containsExactly(350_050L, 20_000L);
        assertThat(rows).extracting(Row::bookedOn).containsExactly(DAY, DAY.plusDays(1));
        assertThat(rows).extracting(Row::number).containsExactly("0117", "БА8170433");
        assertThat(rows).extracting(Row::purpose).containsExactly(CAME.purpose(), WENT.purpose());
        assertThat(rows).extracting(row -> row.counterparty().name()).containsExactly(CAME.name(), WENT.name());
        assertThat(rows).extracting(row -> row.counterparty().inn()).containsExactly(CAME.inn(), WENT.inn());
        assertThat(rows).extracting(row -> row.counterparty().account()).containsExactly(CAME.party(), WENT.party());
    }

    @ParameterizedTest
    @EnumSource(Bank.class)
    void neitherBytesNorLineEndsNorAHeaderThatLiesMakeADifference(Bank bank) throws Refusal {
        List<String> wanted = read(export().bank(bank).bytes()).stream().map(Row::fingerprint).toList();
        for (Text text : Text.values()) {
            for (String declared : Arrays.asList("Windows", "DOS", "windows-1251", null)) {
                for (Ends ends : Ends.values()) {
                    byte[] bytes = export().bank(bank).text(text, declared).ends(ends, ends == Ends.CRLF).bytes();
                    assertThat(read(bytes)).as("%s %s %s", text, declared, ends).extracting(Row::fingerprint)
                            .isEqualTo(wanted);
                }
            }
        }
    }

    @Test
    void sumsAreReadInEveryStyle() throws Refusal {
        List<LongFunction<String>> styles = List.of(
                kopecks -> BigDecimal.valueOf(kopecks, 2).stripTrailingZeros().toPlainString(),
                kopecks -> BigDecimal.valueOf(kopecks, 2).toPlainString().replace('.', ','),
                kopecks -> String.format(new java.util.Locale("ru"), "%,d,%02d", kopecks / 100, kopecks % 100)
                        .replace('\u00A0', ' '),
                kopecks -> String.format(new java.util.Locale("ru"), "%,d.%02d", kopecks / 100, kopecks % 100));
        for (LongFunction<String> style : styles) {
            assertThat(read(export().money(style).bytes())).extracting(Row::amount).containsExactly(350_050L, 20_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100.00", "0", "0.00", "1.234", "1,000.50", "1e3", "сто", "12345678901234567", "100.",
        ".5"})
    void aSumThatIsNoneIsLeftToAPerson(String sum) throws Refusal {
        List<Finding> findings = new ArrayList<>();
        byte[] bytes = export().bytes(lines -> replaced(lines, "Сумма=200.00", "Сумма=" + sum));
        assertThat(read(bytes, findings)).extracting(Row::amount).containsExactly(350_050L);
        assertThat(findings).extracting(Finding::kind).contains(Finding.Kind.DOCUMENT, Finding.Kind.TURNOVER);
    }

    private static List<String> replaced(List<String> lines, String from, String to) {
        assertThat(lines).contains(from);
        lines.replaceAll(line -> line.equals(from) ? to : line);
        return lines;
    }

    @Test
    void lettersThatOnlySomeEncodingsHaveAreKept() throws Refusal {
        Movement spelt = CAME.withPurpose("«Ёлки» — Ђорђевић, Ўладзімір Їжак ® ©: " + "я".repeat(190));
        for (Text text : List.of(Text.WINDOWS, Text.UTF8, Text.UTF8_MARKED)) {
            assertThat(read(StatementExport.of(ACCOUNT).with(spelt).text(text, "Windows").bytes()))
                    .extracting(Row::purpose).containsExactly(spelt.purpose());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"full-v103-cp1251-crlf.txt", "sber-daily-sections-lf.txt", "tinkoff-v102-blank-lines.txt",
        "two-accounts-internal-transfer.txt", "minimal-v101-no-account-section.txt", "dos-cp866.txt", "utf8-bom.txt",
        "utf8-declared-windows.txt", "edge-two-identical-documents.txt", "no-documents.txt"})
    void aFileCutAnywhereIsReadWholeOrNotAtAll(String sample) throws Refusal {
        byte[] whole = StatementSamplesTest.sample(sample);
        StatementFile file = StatementParser.parse(whole);
        int complete = 0;
        for (int length = 0; length < whole.length; length++) {
            try {
                StatementFile cut = StatementParser.parse(Arrays.copyOf(whole, length));
                assertThat(cut.documents()).isEqualTo(file.documents());
                assertThat(cut.sections()).hasSameSizeAs(file.sections());
                complete++;
            } catch (Refusal refused) {
                assertThat(refused.findings()).isNotEmpty();
            }
        }
        assertThat(complete).as("only line ends after the last line may be missing").isLessThanOrEqualTo(2);
    }

    /** Whatever happens to a file, it is read or refused in words: nothing else ever leaves. */
    @Test
    void noDamageMakesTheReaderStumble() {
        Random dice = new Random(7);
        int refused = 0;
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = export().bank(Bank.values()[round % Bank.values().length])
                    .text(Text.values()[dice.nextInt(4)], "Windows").bytes();
            for (int hits = dice.nextInt(1, 4); hits > 0; hits--) {
                damage(bytes, dice);
            }
            try {
                read(bytes, new ArrayList<>());
            } catch (Refusal told) {
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 4900);
    }

    private static void damage(byte[] bytes, Random dice) {
        int at = dice.nextInt(bytes.length);
        if (dice.nextBoolean()) {
            bytes[at] = (byte) dice.nextInt(256);
            return;
        }
        int from = dice.nextInt(bytes.length);
        int length = Math.min(dice.nextInt(200), bytes.length - Math.max(at, from));
        System.arraycopy(bytes, from, bytes, at, length);
    }

    @Test
    void aDocumentWithoutItsOwnBreaksOffNothingElse() throws Refusal {
        List<Finding> findings = new ArrayList<>();
        byte[] bytes = export().bytes(lines -> replaced(lines, "Дата=16.11.2026", "Дата=31.02.2026"));
        assertThat(read(bytes, findings)).extracting(Row::number).containsExactly("БА8170433");
        assertThat(findings.get(0).toString()).startsWith("Строка 21: «Дата=31.02.2026» не дата");
    }

    @Test
    void aBrokenLineIsJoinedAndTold() throws Refusal {
        List<Finding> findings = new ArrayList<>();
        byte[] bytes = export().bytes(lines -> {
            lines.add(lines.indexOf("НазначениеПлатежа=Перевозка") + 1, "груза");
            return lines;
        });
        assertThat(read(bytes, findings)).extracting(Row::purpose).contains("Перевозка груза");
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.LINE);
    }

    @Test
    void aKeyThatContradictsItselfLeavesTheDocumentToAPerson() throws Refusal {
        List<Finding> findings = new ArrayList<>();
        byte[] bytes = export().bytes(lines -> {
            lines.add(lines.indexOf("Сумма=200.00") + 1, "Сумма=900.00");
            return lines;
        });
        assertThat(read(bytes, findings)).hasSize(1);
        assertThat(findings.get(0).toString()).contains("ключ «Сумма» стоит дважды");
    }

    @Test
    void textOfTwoEncodingsInOneFileIsRefused() {
        byte[] windows = export().bytes();
        for (Text other : List.of(Text.UTF8, Text.DOS)) {
            byte[] foreign = export().text(other, "Windows").bytes();
            assertMixed(join(windows, foreign));
            assertMixed(join(foreign, windows));
        }
    }

    @Test
    void aValueOfAnotherEncodingIsRefusedInItsLine() throws Refusal {
        Movement latin = CAME.withPurpose("PURPOSE");
        for (Text text : List.of(Text.WINDOWS, Text.DOS)) {
            String file = new String(StatementExport.of(ACCOUNT).with(latin).text(text, null).bytes(),
                    StandardCharsets.ISO_8859_1);
            for (String charset : List.of("UTF-8", "windows-1251", "IBM866")) {
                String foreign = new String("Оплата по счету за услуги".getBytes(Charset.forName(charset)),
                        StandardCharsets.ISO_8859_1);
                byte[] mixed = file.replace("PURPOSE", foreign).getBytes(StandardCharsets.ISO_8859_1);
                if (Charset.forName(charset).equals(Charset.forName(text == Text.DOS ? "IBM866" : "windows-1251"))) {
                    assertThat(read(mixed)).hasSize(1);
                } else {
                    assertMixed(mixed);
                }
            }
        }
    }

    @Test
    void zeroBytesAreNoText() {
        Refusal refusal = catchThrowableOfType(Refusal.class,
                () -> read(StatementExport.of(ACCOUNT).with(CAME.withPurpose("\0")).bytes()));
        assertThat(refusal.findings().toString()).contains("нулевые байты");
    }

    @Test
    void theOwnSidesDayIsTheDayOfPosting() throws Refusal {
        assertThat(read(export().bank(Bank.VTB).bytes(lines -> {
            lines.set(lines.indexOf("ДатаСписано=16.11.2026"), "ДатаСписано=15.11.2026");
            lines.set(lines.lastIndexOf("ДатаПоступило=17.11.2026"), "ДатаПоступило=18.11.2026");
            return lines;
        }))).extracting(Row::bookedOn).containsExactly(DAY, DAY.plusDays(1));
    }

    /** The head of one file and the documents of another. */
    private static byte[] join(byte[] head, byte[] tail) {
        String first = new String(head, StandardCharsets.ISO_8859_1);
        String second = new String(tail, StandardCharsets.ISO_8859_1);
        int middle = first.indexOf("0117\r\n") + 6;
        int rest = second.indexOf("0117\r\n") + 6;
        return (first.substring(0, middle) + second.substring(rest)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertMixed(byte[] bytes) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(bytes));
        assertThat(refusal).isNotNull();
        assertThat(refusal.findings().get(0).kind()).isIn(Finding.Kind.ENCODING);
    }

    @Test
    void whatTheFileContradictsItselfInIsToldAndTakenAllTheSame() throws Refusal {
        assertFinding(Finding.Kind.IDENTITY, Bank.PLAIN, "КонечныйОстаток=4300.50", "КонечныйОстаток=4300.51");
        assertFinding(Finding.Kind.TURNOVER, Bank.PLAIN, "ВсегоПоступило=3500.50", "ВсегоПоступило=3500.00");
        assertFinding(Finding.Kind.CHAIN, Bank.SBER, "КонечныйОстаток=4500.50", "КонечныйОстаток=4500.00");
        assertFinding(Finding.Kind.PERIOD, Bank.PLAIN, "ДатаПоступило=16.11.2026", "ДатаПоступило=15.11.2026");
    }

    private static void assertFinding(Finding.Kind kind, Bank bank, String from, String to) throws Refusal {
        List<Finding> findings = new ArrayList<>();
        assertThat(read(export().bank(bank).bytes(lines -> replaced(lines, from, to)), findings)).hasSize(2);
        assertThat(findings).extracting(Finding::kind).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"СекцияСчет", "СекцияРасчСчетКЗ=1"})
    void sectionsOfAnotherDialectAreRefused(String section) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(export().bytes(lines -> {
            lines.set(lines.indexOf("СекцияРасчСчет"), section);
            return lines;
        })));
        assertThat(refusal.findings().toString()).contains("неизвестный раздел «" + section.split("=")[0] + "»");
    }

    @Test
    void aMovementOfTheFutureIsLeftToAPerson() throws Refusal {
        List<Finding> findings = new ArrayList<>();
        byte[] bytes = export().bytes(lines -> replaced(lines, "ДатаПоступило=16.11.2026", "ДатаПоступило=16.11.2062"));
        assertThat(read(bytes, findings)).hasSize(1);
        assertThat(findings.get(0).toString()).contains("16.11.2062 не может быть верной");
    }

    @Test
    void aMalformedHeaderDateIsOnlyAHint() throws Refusal {
        assertThat(read(export().bytes(lines -> {
            lines.set(lines.indexOf("ДатаКонца=17.11.2026"), "ДатаКонца=23.08.201819202122");
            return lines;
        }))).hasSize(2);
    }

    @Test
    void theCurrencyStandsInTheAccountsNumber() {
        assertThat(List.of("40702810700009990010", "40702643700009990010", "40702840700009990010",
                "40702978700009990010", "40702156700009990010", "40702003700009990010").stream()
                .map(Documents::currency))
                .containsExactly("RUB", "RUB", "USD", "EUR", "CNY", "003");
    }

    @Test
    void aForeignPayerWithoutBankCodeIsTaken() throws Refusal {
        Movement foreign = new Movement("7", DAY, 100, "DE8937040044", "5", "MUSTER GMBH", "Invoice 7");
        Row row = read(StatementExport.of(ACCOUNT).bank(Bank.UNICREDIT).with(foreign).bytes()).get(0);
        assertThat(row.counterparty()).extracting("inn", "account").containsExactly(null, "DE8937040044");
    }
}
