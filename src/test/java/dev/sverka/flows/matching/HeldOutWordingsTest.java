package dev.sverka.flows.matching;

import static dev.sverka.flows.matching.MatcherTable.DAY;
import static dev.sverka.flows.matching.MatcherTable.OWN;
import static dev.sverka.flows.matching.MatcherTable.PAYER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.mapping.YamlText;
import dev.sverka.core.state.Declared;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Papers;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Source;
import dev.sverka.flows.matching.Matcher.Stage;
import dev.sverka.records.bank.BankOperation.Direction;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wordings, numbering forms and parties that no rule was written from: nothing may be decided wrongly, few asked about. */
class HeldOutWordingsTest {

    private static final Path FOLDER = Path.of("src/test/resources/matching");
    private static final long[] SUMS = {100000_00, 73500_00, 41200_00};

    @TempDir
    private Path folder;

    private final List<String> wrong = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private int right;

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file)).stream().filter(line -> !line.isBlank())
                .filter(line -> !line.startsWith("#")).toList();
    }

    private static YamlText shipped(String name) throws IOException {
        String file = "mappings/" + name + ".yaml";
        return YamlText.parse(file, Files.readString(Path.of(file)));
    }

    private static PurposeWords words() throws IOException {
        YamlText yaml = shipped("purpose-words");
        return PurposeWords.read(yaml.map(), yaml);
    }

    private static BankRules rules() throws IOException {
        YamlText yaml = shipped("bank-rules");
        return BankRules.read(yaml.map(), yaml);
    }

    private void count(String line, String told, String meant) {
        right += told.equals(meant) ? 1 : 0;
        if (!told.equals(meant)) {
            (told.equals("?") ? asked : wrong).add(line + " -> " + told);
        }
    }

    private void judged(int few) {
        assertThat(wrong).as("decided wrongly").isEmpty();
        assertThat(asked.size()).as("asked though it could be decided: %s", asked).isLessThanOrEqualTo(few);
        assertThat(right).as("decided, or asked, rightly").isGreaterThan(30);
    }

    @Test
    void whatInvoicesAreNamedIsReadInUnseenWords() throws IOException {
        PurposeWords words = words();
        String mode = "";
        for (String line : lines("invoices.txt")) {
            if (line.startsWith("@")) {
                mode = line;
                continue;
            }
            String[] told = line.split(" \\| ");
            Payment[] payments = payments(told[0].split(","), mode);
            Decision decision = new NumberMatcher().match(new Case(operation(told[1], told[2]), OWN, List.of(payments),
                    List.of(), null, Source.BANK, List.of(), List.of(), false, words));
            count(line, MatcherTable.told(decision), told[3].equals("10") ? "10=" + new BigDecimal(told[1])
                    .setScale(2) : told[3]);
        }
        judged(14);
    }

    private static Operation operation(String sum, String purpose) {
        return new Operation(Direction.INCOMING, new BigDecimal(sum).movePointRight(2).longValueExact(), "RUB", DAY,
                purpose, PAYER, "ООО «Ромашка»", "77");
    }

    /** @param mode {@code @equal}: equal sums, so that only what is named can tell; {@code @papers}: with other papers */
    private static Payment[] payments(String[] numbers, String mode) {
        return IntStream.range(0, numbers.length).mapToObj(i -> {
            Papers papers = new Papers(new Paper("ДК-7/26", DAY.withMonth(2).withDayOfMonth(1)),
                    List.of(new Paper("3" + i + "5", DAY.withMonth(10).withDayOfMonth(31))),
                    List.of(new Paper("УТ-88" + i, DAY.withMonth(10).withDayOfMonth(30))), List.of("WB-55" + i + "1"),
                    YearMonth.of(2026, 8 + i), i == 0 ? Stage.PREPAYMENT : null, i == 0 ? BigDecimal.valueOf(50) : null);
            long sum = SUMS[mode.equals("@equal") ? 0 : i];
            return new Payment(10 + i, "", true, numbers[i].strip(), DAY.withDayOfMonth(12 - i), sum, sum, "RUB", false,
                    OWN, null, mode.equals("@papers") ? papers : Papers.NONE);
        }).toArray(Payment[]::new);
    }

    @Test
    void whatIsNoPaymentIsToldByTheShippedRulesInUnseenWords() throws IOException {
        Own own = new Own(List.of(new Own.Company(OWN, "ООО «Наша»", List.of("40702810200009990001")),
                new Own.Company("009900001499", "ИП Наш", List.of("40802810200009990003"))),
                List.of(new Own.Bank("7710140679", "АО «ТБанк»")));
        for (String line : lines("bank.txt")) {
            String[] told = line.split("\\|");
            boolean person = told[0].endsWith("ip");
            Direction direction = told[0].startsWith("in") ? Direction.INCOMING : Direction.OUTGOING;
            String inn = switch (told[1]) {
                case "bank" -> "7710140679";
                case "tax" -> "7727406020";
                case "ip" -> "009900001499";
                case "fl" -> "009900012345";
                default -> PAYER;
            };
            Case facts = new Case(new Operation(direction, 10_000_00, "RUB", DAY, told[3], inn, "Кто-то"),
                    person ? "009900001499" : OWN, List.of(), List.of(), null, Source.BANK, List.of(), List.of(),
                    own.isBank(inn), words());
            Verdict verdict = Verdict.of(facts, new NumberMatcher().match(facts), rules().rule(new BankRules.Facts(
                    direction, 10_000_00, person ? "40802810200009990003" : "40702810200009990001", told[3], null, inn,
                    (told[2] + "0".repeat(20)).substring(0, 20)), own));
            count(line, verdict.classified() == null ? "?" : "ok", told.length > 4 ? told[4] : "ok");
        }
        judged(3);
    }

    @Test
    void whoPaysIsToldInUnseenWords() throws IOException {
        MatchFiles files = new MatchFiles(folder.resolve("p"), folder.resolve("o"), folder.resolve("own"),
                folder.resolve("h"));
        Files.write(files.payments(), PayersWorld.payments());
        Files.writeString(files.own(), PayersWorld.OWN_FILE);
        Files.writeString(files.history(), PayersWorld.HISTORY);
        Declared<BankRules> rules = new Declared<>("bank-rules", BankRules::read, BankRules.NONE);
        rules.put(rules());
        Declared<PurposeWords> words = new Declared<>("purpose-words", PurposeWords::read, PurposeWords.NONE);
        words.put(words());
        for (String line : lines("payers.txt")) {
            String[] told = line.split("\\|");
            Files.writeString(files.operations(), PayersWorld.operation(told[0].split("/"), told[1], told[2]));
            MatchedOperation one = new OfflineMatching(new NumberMatcher(), rules, words).match(files).get(0);
            count(line, one.decision().equals("auto") ? String.join(" ", one.shares().stream()
                    .map(MatchedOperation.Share::payment).sorted().toList()) : "?", told[3]);
        }
        judged(0);
    }
}
