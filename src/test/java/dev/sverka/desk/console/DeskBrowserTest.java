package dev.sverka.desk.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A finance person's morning in a real browser over the whole daemon, by keyboard alone. */
class DeskBrowserTest {


    @TempDir
    private static Path folder;
    private static Chromium chromium;
    private static DeskStage desk;

    private final Visitors visitors = new Visitors(chromium, desk.address());
    private Page page;

    @BeforeAll
    static void start() {
        chromium = new Chromium(DeskBrowserTest.class);
        desk = new DeskStage(Databases.h2Url(folder));
    }

    @AfterAll
    static void stop() {
        if (desk != null) {
            desk.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        desk.forget();
        page = visitors.person("Анна");
    }

    @AfterEach
    void nothingWasComplainedOfOrFetchedFromElsewhere() {
        visitors.leave();
    }

    private void look(String path) {
        page.navigate(desk.address() + path);
    }

    /** At once, as from a clipboard: letters off the browser's own layout and keys travel apart and may overtake. */
    private static void type(Page page, String text) {
        page.keyboard().insertText(text);
    }

    private void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    @Test
    void aProposalIsAgreedToWithOneKeyAndTakenBackWithAnother() {
        DeskStage.Customer customer = desk.customer("ООО «Ромашка»");
        long first = desk.invoice(customer, "А-1", "45000.00");
        long second = desk.invoice(customer, "А-2", "7000.50");
        long one = desk.money(customer, "45000.00", "Оплата по счету № А-1 от 12.11.2026");
        long other = desk.money(customer, "7000.50", "Оплата по счету № А-2 от 12.11.2026");

        look("/reviews");
        assertThat(page.locator("#question")).containsText("+45 000,00 ₽");
        assertThat(page.locator("mark")).hasText("А-1");
        assertThat(page.locator("#allocate")).isFocused();
        press("Enter");
        assertThat(page.locator("#question")).containsText("+7 000,50 ₽");
        assertThat(page.locator("#allocate")).isFocused();
        assertThat(desk.shares(one)).isEqualTo(Map.of(first, 4_500_000L));

        press("u");
        assertThat(page.locator("#question")).containsText("+45 000,00 ₽");
        assertThat(desk.shares(one)).isEmpty();
        assertThat(desk.box(one)).isEqualTo("review");

        press("j");
        assertThat(page.locator("#question")).containsText("+45 000,00 ₽");
        press("k");
        assertThat(page.locator("#question")).containsText("+7 000,50 ₽");
        press("Enter");
        assertThat(page.locator("[data-decided]")).isVisible();
        assertThat(desk.shares(other)).isEqualTo(Map.of(second, 700_050L));
    }

    @Test
    void oneTransferIsSplitOverTwoPaymentsAndItsRestStaysFree() {
        DeskStage.Customer customer = desk.customer("ООО «Лютик»");
        long first = desk.invoice(customer, "Б-1", "100.00");
        long second = desk.invoice(customer, "Б-2", "70.00");
        long money = desk.money(customer, "150.00", "Оплата за услуги");

        look("/reviews");
        assertThat(page.locator("#cards .card")).hasCount(2);
        String title = page.locator("#cards .card").first().locator("strong").textContent();
        press("1");
        assertThat(page.locator("#free")).hasText(title.endsWith("Б-1") ? "50,00" : "80,00");
        press("2");
        assertThat(page.locator("#free")).hasText("0,00");
        press("e");
        type(page, "60,5");
        assertThat(page.locator("#given")).hasText(title.endsWith("Б-1") ? "110,50" : "140,50");
        press("Enter");
        assertThat(page.locator("[data-decided]")).isVisible();
        assertThat(desk.shares(money)).isEqualTo(title.endsWith("Б-1") ? Map.of(first, 6050L, second, 5000L)
                : Map.of(second, 6050L, first, 8000L));
        assertThat(page.locator("#question")).containsText("+150,00 ₽"); // the rest asks
    }

    @Test
    void tooMuchIsRefusedInWordsWithWhatWasTypedInPlace() {
        DeskStage.Customer customer = desk.customer("ООО «Василёк»");
        long invoice = desk.invoice(customer, "В-1", "100.00");
        long money = desk.money(customer, "150.00", "Оплата за услуги");
        look("/reviews");
        press("1", "e");
        type(page, "1 20,00");
        assertThat(page.locator("#amount-" + invoice)).hasAttribute("aria-invalid", "true");
        press("Enter");
        assertThat(page.locator("#refusal")).hasText("Платёж «Счёт № В-1» примет не больше 100,00 ₽.");
        assertThat(page.locator("#amount-" + invoice)).hasValue("1 20,00");
        assertThat(page.locator("#amount-" + invoice)).isFocused();
        assertThat(desk.shares(money)).isEmpty();
    }

    @Test
    void anyPaymentIsFoundByItsNumberAndChosen() {
        DeskStage.Customer payer = desk.customer("ООО «Плательщик»");
        long invoice = desk.invoice(desk.customer("ООО «Другой»"), "Г-77", "500.00");
        long money = desk.money(payer, "500.00", "Перевод средств");
        look("/reviews");
        press("/");
        type(page, "г-77");
        assertThat(page.locator("#found .card")).hasCount(1);
        press("Enter");
        assertThat(page.locator("#cards .card")).containsText("Счёт № Г-77");
        press("Enter");
        assertThat(page.locator("[data-decided]")).isVisible();
        assertThat(desk.shares(money)).isEqualTo(Map.of(invoice, 50_000L));
    }

    @Test
    void whatPaysForNothingIsClassifiedOrSetAside() {
        DeskStage.Customer customer = desk.customer("ООО «Прочее»");
        long refund = desk.money(customer, "10.00", "Какие-то деньги");
        long odd = desk.money(customer, "20.00", "Другие деньги");
        look("/reviews");
        press("c", "5");
        assertThat(page.locator("#question")).containsText("+20,00 ₽");
        assertThat(desk.box(refund)).isEqualTo("classified");
        assertThat(page.locator("#question")).isFocused();
        press("i", "Enter");
        assertThat(page.locator("#refusal")).containsText("почему операцию можно отложить");
        press("i");
        type(page, "учтено в кассе");
        press("Enter");
        assertThat(page.locator("[data-decided]")).containsText("учтено в кассе");
        assertThat(page.locator("#nothing")).isFocused();
        assertThat(desk.box(odd)).isEqualTo("ignored");
    }

    @Test
    void twentyAlikeAreOneDecisionWithItsRuleAndItsUndo() {
        List<Long> rents = new ArrayList<>();
        for (int n = 1; n <= 20; n++) {
            rents.add(desk.spent("Хозяин " + n, "40802810099910004" + (300 + n), "5000" + n + ".00",
                    "Аренда переговорной за ноябрь, день " + n));
        }
        look("/reviews?q=переговорной");
        assertThat(page.locator("#alike summary")).containsText("19");
        press("m");
        assertThat(page.locator("#alike input:checked")).hasCount(19);
        press("c", "2");
        assertThat(page.locator("#also-decided")).containsText("19");
        rents.forEach(one -> assertThat(desk.box(one)).isEqualTo("classified"));
        assertThat(page.locator("#rule pre")).containsText("account: [\"40802\"]");
        assertThat(page.locator("#rule pre")).containsText("words: [аренда переговорн]");
        press("u");
        assertThat(page.locator("#question")).isVisible();
        rents.forEach(one -> assertThat(desk.box(one)).isEqualTo("review"));
    }

    @Test
    void moneyMarkedByHandIsRecognisedAsTheSame() {
        DeskStage.Customer customer = desk.customer("ООО «Рука»");
        long invoice = desk.invoice(customer, "Д-5", "300.00", "300.00");
        long money = desk.money(customer, "300.00", "Оплата по счету № Д-5 от 12.11.2026");
        look("/reviews");
        assertThat(page.locator(".same")).isVisible();
        press("s");
        assertThat(page.locator("[data-decided]")).isVisible();
        assertThat(desk.shares(money)).isEqualTo(Map.of(invoice, 30_000L));
        assertThat(desk.jdbc.sql("select sum(amount) from share where payment_id = ? and ended_by is null")
                .param(invoice).query(Long.class).single()).isEqualTo(30_000L);
    }

    @Test
    void whoeverComesSecondIsToldAndLosesNothing() {
        DeskStage.Customer customer = desk.customer("ООО «Двое»");
        long invoice = desk.invoice(customer, "Е-1", "100.00");
        long money = desk.money(customer, "150.00", "Оплата за услуги");
        look("/reviews");
        press("1", "e");
        type(page, "55,00");
        Page boss = visitors.person("admin");
        boss.navigate(desk.address() + "/reviews");
        boss.keyboard().press("i");
        type(boss, "разберусь сам");
        boss.keyboard().press("Enter");
        assertThat(boss.locator("[data-decided]")).isVisible();

        press("Enter");
        assertThat(page.locator("#refusal")).containsText("admin");
        assertThat(page.locator("#amount-" + invoice)).hasValue("55,00");
        assertThat(desk.shares(money)).isEmpty();
        page.locator("#reopen").focus();
        press("Enter");
        assertThat(page.locator("#amount-" + invoice)).hasValue("55,00");
        page.locator("#amount-" + invoice).press("Enter");
        assertThat(page.locator("[data-decided]")).isVisible();
        assertThat(desk.shares(money)).isEqualTo(Map.of(invoice, 5500L));
    }

    @Test
    void manyWithdrawalsAtOnceAreLeftAsTheyAreOrBelieved() {
        DeskStage.Customer customer = desk.customer("ООО «Исчезнувшие»");
        List<Long> operations = new ArrayList<>();
        for (int n = 1; n <= 12; n++) {
            operations.add(desk.money(customer, n + ".00", "Оплата за услуги, часть " + n));
        }
        desk.forget();
        desk.bankShowsNothing();
        look("/reviews?kind=withdrawals");
        assertThat(page.locator(".gone li").filter(new Locator.FilterOptions().setHasText("часть 12"))).hasCount(1);
        press("w");
        assertThat(page.locator("[role=status]")).isVisible();
        assertThat(desk.jdbc.sql("select count(*) from bank_operation where withdrawn = true and party_inn = ?")
                .param(customer.inn()).query(Long.class).single()).isZero();
        assertThat(desk.texts("select state from review where kind = 'withdrawals'")).doesNotContain("open");
    }

    @Test
    void aPayersAccountIsRememberedByKeyAndForgottenByKeyboardAlone() {
        DeskStage.Customer customer = desk.customer("ООО «Счётчик»");
        long invoice = desk.invoice(customer, "Т-9", "90.00");
        long first = desk.nameless("Перевод", "40702810600000885678", "10.00", "Перевод");
        long second = desk.nameless("Перевод", "40702810600000885678", "20.00", "Перевод");
        look("/reviews");
        assertThat(page.locator("#remember")).isChecked();
        press("r");
        assertThat(page.locator("#remember")).not().isChecked();
        press("/");
        type(page, "т-9");
        assertThat(page.locator("#found .card")).hasCount(1);
        press("Enter", "Enter");
        assertThat(page.locator("#question")).containsText("+20,00 ₽");
        assertThat(page.locator("#learned")).hasCount(0);
        press("/");
        type(page, "т-9");
        assertThat(page.locator("#found .card")).hasCount(1);
        press("Enter", "Enter");
        assertThat(page.locator("#learned")).containsText("…5678 запомнен за клиентом: ООО «Счётчик»");
        page.locator("#learned a").focus();
        press("Enter");
        page.locator("#forget").focus();
        press("Enter");
        assertThat(page.locator("#leaned")).containsText("больше ни за кем не закреплён");
        assertThat(page.locator("#forget")).hasCount(0);
        assertThat(desk.shares(first)).isEqualTo(Map.of(invoice, 1000L));
        assertThat(desk.shares(second)).isEqualTo(Map.of(invoice, 2000L));
    }

    /** As a month brings them: most are agreed to, some are chosen, found, split, classified, set aside. */
    @Test
    void fiftyDecisionsOfAllUsualKindsTakeFiveKeysAtTheMedian() {
        List<List<String>> strokes = new ArrayList<>();
        DeskStage.Customer customer = desk.customer("ООО «Месяц»");
        for (int n = 1; n <= 50; n++) {
            String sum = (2000 + n) + ".00";
            desk.invoice(customer, "Ц-" + n, sum);
            int kind = n % 10;
            if (kind < 5) {
                desk.money(customer, sum, "Оплата по счету № Ц-" + n + " от 12.11.2026");
                strokes.add(List.of("Enter"));
            } else if (kind < 7) {
                desk.spent("Кто-то " + n, "4080281009991000" + (4000 + n), sum, "Разовый платёж " + n);
                strokes.add(List.of("c", "9"));
            } else if (kind < 9) {
                desk.nameless("Перевод", "4070281060000088" + (2000 + n), sum, "Перевод средств " + n);
                strokes.add(List.of("/", "ц-" + n, "Enter", "Enter"));
            } else {
                desk.nameless("Возврат", "4070281060000088" + (2000 + n), sum, "Непонятно что " + n);
                strokes.add(List.of("i", "в кассе", "Enter"));
            }
        }
        look("/reviews");
        List<Integer> keys = new ArrayList<>();
        for (int n = 1; n <= 50; n++) {
            assertThat(page.locator("#question")).containsText("2 " + String.format("%03d", n) + ",00 ₽");
            keys.add(strokes.get(n - 1).stream().mapToInt(this::stroke).sum());
        }
        assertThat(page.locator("#nothing")).isFocused();
        Collections.sort(keys);
        System.out.println("50 usual decisions: median " + keys.get(25) + " keys, at most " + keys.get(49));
        assertThat(keys.get(25)).isLessThanOrEqualTo(5);
        assertThat(desk.texts("select cast(count(*) as varchar) from review where state = 'open'")).containsExactly("0");
    }

    /** @return how many keys a person presses for it */
    private int stroke(String key) {
        if (key.length() == 1 || key.equals("Enter")) {
            press(key);
            return 1;
        }
        type(page, key);
        if (key.startsWith("ц-")) {
            assertThat(page.locator("#found .card").first()).containsText(key.toUpperCase(Locale.ROOT));
        }
        return key.length();
    }

    @Test
    void usualDecisionsTakeOneKeyEach() {
        DeskStage.Customer customer = desk.customer("ООО «Дюжина»");
        List<Long> operations = new ArrayList<>();
        for (int n = 1; n <= 12; n++) {
            desk.invoice(customer, "К-" + n, (1000 + n) + ".00");
            operations.add(desk.money(customer, (1000 + n) + ".00", "Оплата по счету № К-" + n + " от 12.11.2026"));
        }
        look("/reviews");
        long start = System.nanoTime();
        for (int n = 1; n <= 12; n++) {
            assertThat(page.locator("#question")).containsText("+1 " + String.format("%03d", n) + ",00 ₽");
            assertThat(page.locator("#allocate")).isFocused();
            press("Enter");
        }
        assertThat(page.locator("#nothing")).isFocused();
        System.out.println("12 decisions, one key each: " + (System.nanoTime() - start) / 12_000_000 + " ms a decision");
        assertThat(operations).allMatch(operation -> desk.box(operation).equals("allocated"));
    }

    @Test
    void aKeyHeldDownDecidesOnce() {
        DeskStage.Customer customer = desk.customer("ООО «Долгий палец»");
        desk.invoice(customer, "Ж-1", "10.00");
        desk.invoice(customer, "Ж-2", "20.00");
        long one = desk.money(customer, "10.00", "Оплата по счету № Ж-1 от 12.11.2026");
        long other = desk.money(customer, "20.00", "Оплата по счету № Ж-2 от 12.11.2026");
        look("/reviews");
        page.keyboard().down("Enter");
        assertThat(page.locator("#question")).containsText("+20,00 ₽");
        page.keyboard().down("Enter"); // repeats, as a held key does
        page.keyboard().up("Enter");
        press("1", "1");
        assertThat(page.locator("#given")).hasText("20,00");
        assertThat(desk.shares(one)).hasSize(1);
        assertThat(desk.shares(other)).isEmpty();
    }

    @Test
    void whoOnlyLooksSeesTheEvidenceAndNoButton() {
        DeskStage.Customer customer = desk.customer("ООО «Зритель»");
        desk.invoice(customer, "З-1", "10.00");
        desk.money(customer, "10.00", "Оплата по счету № З-1 от 12.11.2026");
        page = visitors.person("guest");
        look("/reviews");
        assertThat(page.locator(".card")).containsText("Счёт № З-1");
        assertThat(page.locator(".detail button:visible:not(.key)")).hasCount(0);
        press("1", "Enter");
        assertThat(page.locator(".card")).containsText("Счёт № З-1");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({"ru, 1280, LIGHT", "en, 390, DARK"})
    void everyPageFitsIsReadableAndSmall(String language, int width, ColorScheme scheme) {
        DeskStage.Customer customer = desk.customer("ООО «Общество с очень длинным названием для узкого экрана»");
        long invoice = desk.invoice(customer, "И-" + language + width, "45000.00");
        long money = desk.money(customer, "45000.00", "Оплата по счету № И-" + language + width + " от 12.11.2026");
        visitors.walk("Анна", language, width, scheme, List.of("/", "/reviews", "/operations", "/operations/" + money,
                "/payments/" + invoice, "/forecast", "/calendars", "/search?q=" + "И-" + language));
    }
}
