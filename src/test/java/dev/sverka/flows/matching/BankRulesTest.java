package dev.sverka.flows.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.mapping.YamlText;
import dev.sverka.core.state.ProblemException;
import dev.sverka.flows.matching.BankRules.Facts;
import dev.sverka.flows.matching.BankRules.Ruling;
import dev.sverka.records.bank.BankOperation.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped rules over real wordings, each with its opposite; and what a file of rules may not say. */
class BankRulesTest {

    private static final String FILE = "mappings/bank-rules.yaml";
    private static final String ACCOUNT = "40702810200009990001";
    private static final Own OWN = new Own(List.of(
            new Own.Company("0099000014", "ООО «Наша»", List.of(ACCOUNT, "40702810200009990002")),
            new Own.Company("0099000021", "ООО «Вторая»", List.of("40702810200009990003"))),
            List.of(new Own.Bank("7710140679", "АО «ТБанк»")));

    private static BankRules read(String text) {
        YamlText yaml = YamlText.parse(FILE, text);
        return BankRules.read(yaml.map(), yaml);
    }

    private static BankRules shipped() throws IOException {
        return read(Files.readString(Path.of(FILE)));
    }

    private static String told(Optional<Ruling> ruling) {
        return ruling.map(one -> one.certain() ? one.kind() : one.kind() + "?").orElse("-");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "out | 7727406020 | 03100643000000018500 | Единый налоговый платёж                      | tax",
        "in  | 7727406020 | 03100643000000018500 | Возмещение НДС                               | -",
        "out | 0099000127 | 40702810600000880012 | Единый налоговый платёж                      | -",
        "out | 7710140679 | 70601810000002710101 | Плата за обслуживание счёта                  | fee",
        "out | 7710140679 | 70601810000002710101 | КОМИССИЯ ЗА ПЕРЕВОД СРЕДСТВ                  | fee",
        "out | 0099000127 | 40702810600000880012 | Комиссия за перевод средств                  | -",
        "in  | 7710140679 | 30232810900000000001 | Комиссия за перевод средств                  | -",
        "out | 7710140679 | 47423810900000000001 | Заработная плата по реестру №64005           | salary",
        "out | 0099000127 | 40817810900000000001 | Заработная плата за октябрь                  | salary",
        "out | 0099000127 | 40702810600000880012 | Заработная плата за октябрь                  | -",
        "out | 0099000127 | 40817810900000000001 | Оплата по договору № 5, заработная плата     | -",
        "in  | 7710140679 | 30232810900000000001 | Зачисление средств по операциям эквайринга   | acquiring",
        "in  | 0099000127 | 40702810600000880012 | Зачисление средств по операциям эквайринга   | -",
        "in  | 7710140679 | 45206810900000000001 | Предоставление кредита по дог. 5             | loan",
        "out | 0099000127 | 40702810600000880012 | Предоставление займа по договору 5           | loan",
        "out | 7710140679 | 30232810900000000001 | Покупка по карте *1234 MAGAZIN               | card",
        "out | 0099000127 | 40702810600000880012 | Возврат излишне уплаченных средств           | refund?",
        "in  | 0099000127 | 40702810600000880012 | Неустойка по договору 5                      | penalty?",
        "in  | 7710140679 | 20202810900000000001 | Взнос наличных                               | cash?",
        "in  | 0099000127 | 40702810600000880012 | Оплата по счету 17                           | -"})
    void theShippedRulesTellWhatTheyAreFor(String way, String inn, String account, String purpose, String told)
            throws IOException {
        Facts facts = new Facts(way.equals("in") ? Direction.INCOMING : Direction.OUTGOING, 100_00, ACCOUNT, purpose,
                null, inn, account);
        assertThat(told(shipped().rule(facts, OWN))).isEqualTo(told);
    }

    /** The words of T-Bank's sheet (4.4), and the wording of its sample. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "in  | acquiring             | Перевод средств по договору эквайринга. Возмещение 15600.00, комиссия 389.63 | acquiring",
        "out | acquiring             | Перевод средств                        | -",
        "out | cardOperation         | Оплата в TAXI UCHEBNOE по карте *0001  | card",
        "out | cardOperation         | Возврат покупки по карте *0001         | refund?",
        "out | salary                | Заработная плата по реестру № 41       | salary",
        "out | tax                   | НДФЛ за первую половину месяца         | tax",
        "out | budget                | Оплата по счету 17                     | -",
        "out | fee                   | Плата за обслуживание счёта            | fee",
        "in  | income                | Выплата за месяц                       | interest",
        "in  | depositFullWithdrawal | Закрытие                               | deposit",
        "in  | incomeLoan            | Предоставление процентного займа       | loan",
        "out | cashOut               | Выдача                                 | cash?",
        "out | penalty               | Списание                               | penalty?",
        "in  | contragentIncome      | Оплата по счету 17                     | -",
        "out | contragentPeople      | Оплата по счету 17                     | -",
        "out | reversal              | Оплата по счету 17                     | refund?",
        "out | otherOut              | Оплата                                 | -"})
    void whatTheBankSaysOfItsOwnBusinessNeedsNoWords(String way, String category, String purpose, String told)
            throws IOException {
        Facts facts = new Facts(way.equals("in") ? Direction.INCOMING : Direction.OUTGOING, 100_00, ACCOUNT, purpose,
                category, null, null);
        assertThat(told(shipped().rule(facts, new Own(OWN.ownCompanies(), List.of())))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0099000014 | 40702810200009990002 | own-transfer",
        "''         | 40702810200009990002 | own-transfer",
        "0099000014 | 40817810600000880012 | own-transfer?",
        "0099000021 | 40702810200009990003 | intercompany?",
        "0099000021 | 40702810600000880012 | intercompany?",
        "0099000127 | 40702810200009990002 | own-transfer?",
        "0099000127 | 40702810600000880012 | -"})
    void onlyTwoAccountsOfOneCompanyProveATransferOfItsOwn(String inn, String account, String told) {
        Facts facts = new Facts(Direction.OUTGOING, 100_00, ACCOUNT, "Оплата по счету 17", null,
                inn.isEmpty() ? null : inn, account);
        assertThat(told(BankRules.NONE.rule(facts, OWN))).isEqualTo(told);
    }

    private static final String CATEGORY = "ContragentOutcome";
    private static final String PARTY = "0099000127";
    private static final String PARTY_ACCOUNT = "40702810600000880012";

    private static Facts like(Direction direction, long amount, String purpose, @Nullable String category,
            @Nullable String inn, @Nullable String account) {
        return new Facts(direction, amount, ACCOUNT, purpose, category, inn, account);
    }

    @Test
    void everyConditionOfARuleMustHold() {
        BankRules rules = read("""
                rules:
                  - name: Связь
                    direction: out
                    inn: ["0099000127"]
                    account: ["407"]
                    category: [contragentOutcome]
                    words: [услуги связи, интернет]
                    without: [договор]
                    amount: {from: 10.50, to: 20}
                    class: other
                    then: classify
                """);
        Facts fits = like(Direction.OUTGOING, 10_50, "Оплата за УСЛУГИ СВЯЗИ", CATEGORY, PARTY, PARTY_ACCOUNT);
        assertThat(rules.rule(fits, OWN)).get().satisfies(one -> {
            assertThat(one.ruleName()).isEqualTo("Связь");
            assertThat(one.why()).contains("правило «Связь»", "ИНН 0099000127", "услуги связи");
            assertThat(one.version()).isEqualTo(rules.version()).hasSize(12);
        });
        String text = fits.purpose();
        List<Facts> opposites = List.of(like(Direction.INCOMING, 10_50, text, CATEGORY, PARTY, PARTY_ACCOUNT),
                like(Direction.OUTGOING, 10_49, text, CATEGORY, PARTY, PARTY_ACCOUNT),
                like(Direction.OUTGOING, 20_01, text, CATEGORY, PARTY, PARTY_ACCOUNT),
                like(Direction.OUTGOING, 10_50, "Оплата за связи услуги", CATEGORY, PARTY, PARTY_ACCOUNT),
                like(Direction.OUTGOING, 10_50, "Услуги связи по договору", CATEGORY, PARTY, PARTY_ACCOUNT),
                like(Direction.OUTGOING, 10_50, text, null, PARTY, PARTY_ACCOUNT),
                like(Direction.OUTGOING, 10_50, text, CATEGORY, null, PARTY_ACCOUNT),
                like(Direction.OUTGOING, 10_50, text, CATEGORY, PARTY, null));
        assertThat(opposites).allSatisfy(one -> assertThat(rules.rule(one, OWN)).isEmpty());
    }

    @Test
    void theFirstRuleThatFitsIsTheOneAndAnotherTextHasAnotherVersion() {
        String rule = "  - {name: %s, class: %s, then: review, words: [налог]}\n";
        BankRules rules = read("rules:\n" + rule.formatted("Один", "tax") + rule.formatted("Два", "other"));
        Facts facts = new Facts(Direction.OUTGOING, 1, ACCOUNT, "НАЛОГИ", null, null, null);
        assertThat(told(rules.rule(facts, OWN))).isEqualTo("tax?");
        BankRules turned = read("rules:\n" + rule.formatted("Два", "other") + rule.formatted("Один", "tax"));
        assertThat(told(turned.rule(facts, OWN))).isEqualTo("other?");
        assertThat(turned.version()).isNotEqualTo(rules.version());
        BankRules commented = read("# a comment\nrules:\n" + rule.formatted("Один", "tax")
                + rule.formatted("Два", "other"));
        assertThat(commented.version()).isEqualTo(rules.version());
    }

    @Test
    void anOperationOfABankIsRuledAsItIs() throws IOException {
        Facts operation = new Facts(Direction.OUTGOING, 10, ACCOUNT, "ЕНП", null, "7727406020", "03100643000000018500");
        assertThat(told(shipped().rule(operation, OWN))).isEqualTo("tax");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'{name: А, class: tax, then: classify, words: [налог]}' | 3 | by words or sums alone",
        "'{name: А, class: tax, then: classify}' | 3 | by words or sums alone",
        "'{name: Первое, class: tax, then: review, words: [налог]}' | 3 | stands twice",
        "'{name: А, class: tax, then: review, words: [\"--\"]}' | 3 | no letters",
        "'{name: А, class: tax, then: review, amount: {from: 5, to: 1}}' | 3 | from is above to"})
    void rulesThatContradictThemselvesAreRefusedWithTheirLine(String rule, int line, String problem) {
        String text = "rules:\n  - {name: Первое, class: fee, then: review, words: [комисси]}\n  - " + rule + "\n";
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(text));
        assertThat(refused).isNotNull();
        assertThat(refused.problems()).singleElement().satisfies(one -> {
            assertThat(one.file()).isEqualTo(FILE);
            assertThat(one.line()).isEqualTo(line);
            assertThat(one.problem()).contains(problem);
            assertThat(one.cure()).isNotBlank();
        });
    }
}
