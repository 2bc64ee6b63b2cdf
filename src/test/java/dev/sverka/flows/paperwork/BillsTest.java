package dev.sverka.flows.paperwork;

import static dev.sverka.flows.paperwork.PaperworkStage.DAY;
import static dev.sverka.flows.paperwork.PaperworkStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.flows.payments.Reviews;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import dev.sverka.vendors.invoices.InvoicePaper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invoice files dropped into the folder, and what becomes of them on the portal. Each test has payments of its own. */
class BillsTest {

    private static final String OURS = DiadocStandIn.OWN_INN;
    private static final String THEIRS = DiadocStandIn.COUNTERPARTY_INN;

    @TempDir
    static Path home;

    private static PaperworkStage stage;
    private static int files;

    @BeforeAll
    static void start() throws Exception {
        stage = new PaperworkStage(home, Databases.postgresUrl()).start("--sverka.invoices.main.folder=drop",
                "--sverka.database.user=postgres");
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static String drop(byte[] content) throws IOException {
        String name = "Счёт " + ++files + ".pdf";
        Path hidden = home.resolve("drop/." + files);
        Files.write(hidden, content);
        Files.move(hidden, home.resolve("drop/" + name));
        return name;
    }

    private static byte[] invoice(String number, LocalDate date, String seller, String buyer, String sum) {
        return InvoicePaper.pdf(InvoicePaper.words(number, DateTimeFormatter.ofPattern("dd.MM.uuuu").format(date), seller,
                buyer, sum, "В том числе НДС (20%): 1,00"));
    }

    private static void done(String name) {
        eventually(() -> assertThat(home.resolve("drop/done/" + name)).exists());
    }

    private static Map<String, Object> payment(int id) {
        return stage.portal.item(Portal.PAYMENTS, id);
    }

    private static List<Map<String, Object>> numbered(String number) {
        return stage.portal.items(Portal.PAYMENTS).stream().filter(one -> number.equals(one.get("ufCrm12Number"))).toList();
    }

    private static int planned(String sum) {
        int payment = stage.portal.payment(Portal.IN, "", DAY, new BigDecimal(sum), stage.customer, 0, stage.deal);
        stage.portal.crm().update(Portal.PAYMENTS, payment, Map.of("stageId", "DT" + Portal.PAYMENTS + "_" + Portal.IN
                + ":NEW", "ufCrm12Invoicedate", ""), Portal.PERSON);
        return payment;
    }

    @Test
    void ourInvoiceFillsThePlannedPaymentOfItsSum() throws IOException {
        int payment = planned("1111");
        String name = drop(invoice("А-1", DAY, OURS, THEIRS, "1 111,00"));
        eventually(() -> {
            assertThat(payment(payment).get("ufCrm12Number")).isEqualTo("А-1");
            assertThat(payment(payment).get("ufCrm12Invoicefile")).isNotNull();
        });
        assertThat(stage.portal.stage(payment(payment))).isEqualTo("Счёт выставлен");
        assertThat(payment(payment).get("ufCrm12Contractnumber")).isEqualTo("45-К");
        done(name);
        assertThat(stage.comments(Portal.PAYMENTS, payment)).singleElement().asString()
                .contains("Счёт № А-1", "sverka:invoice-file:main:");
    }

    @Test
    void anInvoiceWithoutAPaymentMakesOneAndItsReissueIsANewVersionOfIt() throws IOException {
        byte[] first = invoice("Б-1", DAY, OURS, THEIRS, "222,00");
        drop(first);
        eventually(() -> assertThat(numbered("Б-1")).singleElement().satisfies(one ->
                assertThat(one.get("ufCrm12Invoicefile")).isNotNull()));
        int payment = ((Number) numbered("Б-1").get(0).get("id")).intValue();
        Object file = payment(payment).get("ufCrm12Invoicefile");
        done(drop(first));
        done(drop(invoice("Б-1", DAY, OURS, THEIRS, "333,00")));
        eventually(() -> {
            assertThat(new BigDecimal(payment(payment).get("opportunity").toString())).isEqualByComparingTo("333");
            assertThat(payment(payment).get("ufCrm12Invoicefile")).isNotEqualTo(file);
        });
        stage.rest();
        assertThat(numbered("Б-1")).hasSize(1);
        assertThat(stage.comments(Portal.PAYMENTS, payment)).anyMatch(one -> one.contains("перевыставлен"));
        assertThat(payment(payment).get("categoryId")).isEqualTo(Portal.IN);
    }

    @Test
    void aSuppliersInvoiceBecomesAPaymentThatWePay() throws IOException {
        drop(invoice("В-1", DAY, THEIRS, OURS, "444,00"));
        eventually(() -> assertThat(numbered("В-1")).singleElement().satisfies(one -> {
            assertThat(one.get("categoryId")).isEqualTo(Portal.OUT);
            assertThat(one.get("companyId")).isEqualTo(stage.customer);
            assertThat(stage.portal.stage(one)).isEqualTo("Запланирован");
        }));
    }

    @Test
    void twoPlannedPaymentsOfOneSumAreAQuestion() throws IOException {
        int one = planned("555");
        int two = planned("555");
        String name = drop(invoice("Г-1", DAY, OURS, THEIRS, "555,00"));
        eventually(() -> assertThat(question(name).candidates()).extracting(choice -> ((Number) choice.payment().get("id"))
                .intValue()).containsExactly(one, two));
        assertThat(numbered("Г-1")).isEmpty();
        stage.reviews().decide(question(name).id(), Reviews.Said.item(two), "Анна");
        eventually(() -> assertThat(payment(two).get("ufCrm12Number")).isEqualTo("Г-1"));
        assertThat(payment(one).get("ufCrm12Number")).isNotEqualTo("Г-1");
    }

    private static Reviews.Question question(String name) {
        return stage.reviews().open(100).stream().filter(one -> one.kind().equals("invoice-file")
                && name.equals(one.operation().get("file"))).findFirst()
                .orElseThrow(() -> new AssertionError("no question on " + name));
    }

    @Test
    void aNumberThatAnotherSumHasIsAQuestion() throws IOException {
        stage.portal.payment(Portal.IN, "Д-1", DAY, new BigDecimal("666"), stage.customer, 0, stage.deal);
        String name = drop(invoice("Д-1", DAY, OURS, THEIRS, "667,00"));
        eventually(() -> question(name));
        assertThat(numbered("Д-1")).hasSize(1);
    }

    @Test
    void aScanAndAnInvoiceBetweenStrangersAreQuestionsAndNoPdfIsRefused() throws IOException {
        String scan = drop(InvoicePaper.pdf(""));
        String strange = drop(invoice("Е-1", DAY, "0000999901", THEIRS, "10,00"));
        String none = drop("no PDF".getBytes());
        eventually(() -> {
            assertThat(question(scan).operation().get("why").toString()).contains("картинка");
            assertThat(question(strange).operation().get("why").toString()).contains("не наша компания");
            assertThat(home.resolve("drop/failed/" + none + ".txt")).content().contains("это не PDF");
        });
        assertThat(numbered("Е-1")).isEmpty();
    }
}
