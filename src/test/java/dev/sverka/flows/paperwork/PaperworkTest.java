package dev.sverka.flows.paperwork;

import static dev.sverka.flows.paperwork.PaperworkStage.DAY;
import static dev.sverka.flows.paperwork.PaperworkStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.flows.payments.Reviews;
import dev.sverka.sandbox.bitrix24.PaperProcesses;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.diadoc.DiadocPaper;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Papers of the stand-ins on the portal, through the shipped routes. Each test has papers of its own. */
class PaperworkTest {

    private static final int DOCUMENTS = PaperProcesses.DOCUMENTS;
    private static final int REPORTS = PaperProcesses.REPORTS;

    @TempDir
    static Path home;

    private static PaperworkStage stage;
    private static int number;
    private static int old;
    private static DiadocPaper oldPaper;

    @BeforeAll
    static void start() throws Exception {
        stage = new PaperworkStage(home, Databases.h2Url(home));
        old = stage.papers.document(PaperProcesses.OUT, "Акт", "старый-1", DAY, new BigDecimal("100"), stage.customer);
        oldPaper = stage.diadoc.box().sent("Outbound", DiadocStandIn.COUNTERPARTY, content("старый-1", "100.00"));
        stage.diadoc.box().deliver(oldPaper);
        stage.diadoc.box().sign(oldPaper);
        stage.diadoc.box().sent("Inbound", DiadocStandIn.COUNTERPARTY, content("старый-2", "100.00"));
        stage.start();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static DiadocPaper.Content content(String number, String sum) {
        return new DiadocPaper.Content("AcceptanceCertificate", "default", number, DAY, sum);
    }

    private static String next() {
        return "П-" + ++number;
    }

    private static int document(String number, String sum) {
        return stage.papers.document(PaperProcesses.OUT, "Акт", number, DAY, new BigDecimal(sum), stage.customer);
    }

    private static DiadocPaper sent(String number, String sum) {
        return stage.diadoc.box().sent("Outbound", DiadocStandIn.COUNTERPARTY, content(number, sum));
    }

    @Test
    void aPapersStatesDriveItsDocumentAndWhoSignedIsTold() {
        String number = next();
        int item = document(number, "15000");
        DiadocPaper paper = sent("№ " + number.toLowerCase(java.util.Locale.ROOT), "15000.00");
        stage.awaitSeen(DOCUMENTS, item, "Отправлен/Отправлен");
        stage.diadoc.box().deliver(paper);
        stage.awaitSeen(DOCUMENTS, item, "Доставлен/Доставлен");
        assertThat(stage.comments(DOCUMENTS, item)).isEmpty();
        stage.diadoc.box().sign(paper);
        stage.awaitSeen(DOCUMENTS, item, "Подписан/Подписан");
        assertThat(stage.papers.word(DOCUMENTS, item, "Provider")).isEqualTo("Диадок");
        assertThat(stage.papers.word(DOCUMENTS, item, "Signedby")).isEqualTo("ООО \"Вымысел-Покупатель\"");
        assertThat(stage.papers.word(DOCUMENTS, item, "Signedat")).isNotEmpty();
        eventually(() -> assertThat(stage.comments(DOCUMENTS, item)).singleElement().asString()
                .startsWith("Диадок: подписан: ООО \"Вымысел-Покупатель\"").contains("\nsverka:edo:main:"));
        eventually(() -> assertThat(stage.notices()).filteredOn(one -> one.contains(number)).singleElement()
                .asString().startsWith(Portal.PERSON + ": Акт № " + number + "\nДиадок: подписан"));
    }

    @Test
    void aRejectionAndALateSignatureAndARevocationAfterItAreTold() {
        String number = next();
        int item = document(number, "700");
        DiadocPaper paper = sent(number, "700.00");
        stage.diadoc.box().deliver(paper);
        stage.diadoc.box().reject(paper, "не та сумма");
        stage.awaitSeen(DOCUMENTS, item, "Отклонён/Отклонён");
        stage.diadoc.box().sign(paper);
        stage.awaitSeen(DOCUMENTS, item, "Подписан/Подписан");
        stage.diadoc.box().revocation(paper, "RequestsMyRevocation", "ошиблись днём");
        stage.awaitSeen(DOCUMENTS, item, "Подписан/Запрошено аннулирование");
        stage.diadoc.box().revocation(paper, "RevocationAccepted", "ошиблись днём");
        stage.awaitSeen(DOCUMENTS, item, "Аннулирован/Аннулирован");
        eventually(() -> assertThat(stage.comments(DOCUMENTS, item)).satisfiesExactly(
                one -> assertThat(one).startsWith("Диадок: отклонён. Причина: не та сумма"),
                one -> assertThat(one).startsWith("Диадок: подписан после отказа"),
                one -> assertThat(one).contains("предлагает аннулировать. Причина: ошиблись днём"),
                one -> assertThat(one).startsWith("Диадок: аннулирован после подписания")));
        eventually(() -> assertThat(stage.notices()).filteredOn(one -> one.contains(number)).hasSize(4));
    }

    /** The nightly reading reaches back a month; here it does not come at all. */
    @Test
    void whatNoEventEverToldIsAskedForAfterAWeek() {
        String number = next();
        int item = document(number, "65");
        DiadocPaper paper = sent(number, "65.00");
        stage.diadoc.box().deliver(paper);
        String gone = next();
        int other = document(gone, "66");
        DiadocPaper purged = sent(gone, "66.00");
        stage.awaitSeen(DOCUMENTS, item, "Доставлен/Доставлен");
        stage.awaitSeen(DOCUMENTS, other, "Отправлен/Отправлен");
        stage.diadoc.box().silently(() -> stage.diadoc.box().sign(paper));
        stage.diadoc.box().purge(purged);
        stage.papersUnheard();
        stage.rest();
        assertThat(stage.seen(DOCUMENTS, item)).as("within the week nobody asks").isEqualTo("Доставлен/Доставлен");
        stage.jdbc().sql("update edo_paper set read_at = 0 where number_key in (?, ?)").params(PaperItem.key(number),
                PaperItem.key(gone)).update();
        stage.papersUnheard();
        stage.awaitSeen(DOCUMENTS, item, "Подписан/Подписан");
        stage.rest();
        assertThat(stage.seen(DOCUMENTS, other)).isEqualTo("Отправлен/Отправлен");
        assertThat(stage.jdbc().sql("select count(*) from entry where flow = 'paper-unheard' and state = 'dead'")
                .query(Integer.class).single()).as("one that is gone troubles nobody").isZero();
        assertThat(stage.jdbc().sql("select count(*) from entry where flow = 'paper-unheard'")
                .query(Integer.class).single()).isEqualTo(2);
    }

    @Test
    void aStateThatIsNotKnownChangesNothingAndAPersonIsToldOnce() {
        String number = next();
        int item = document(number, "64");
        DiadocPaper paper = sent(number, "64.00");
        stage.diadoc.box().deliver(paper);
        stage.awaitSeen(DOCUMENTS, item, "Доставлен/Доставлен");
        stage.diadoc.box().set(paper, "RecipientResponseStatus", "SignedByMindReading2028");
        eventually(() -> assertThat(stage.notices()).filteredOn(one -> one.contains(number)).singleElement()
                .asString().contains("SignedByMindReading2028"));
        assertThat(stage.comments(DOCUMENTS, item)).singleElement().asString().contains("SignedByMindReading2028");
        assertThat(stage.seen(DOCUMENTS, item)).isEqualTo("Доставлен/Доставлен");
        stage.diadoc.box().set(paper, "RecipientResponseStatus", "WithRecipientPartiallySignature");
        stage.awaitSeen(DOCUMENTS, item, "Доставлен/Частично подписан");
        eventually(() -> assertThat(stage.notices()).filteredOn(one -> one.contains(number)).hasSize(2)
                .anyMatch(one -> one.contains("с разногласиями")));
        assertThat(stage.comments(DOCUMENTS, item)).hasSize(2);
    }

    @Test
    void aSignedActClosesItsReportAndItsPaymentIsInvoiced() {
        String number = next();
        int deal = stage.portal.deal("Сайт " + number, stage.customer, new BigDecimal("9000"));
        int act = stage.papers.act(number, DAY, new BigDecimal("9000"), stage.customer, deal);
        int payment = planned(deal, "9000");
        int other = planned(deal, "1000");
        DiadocPaper paper = sent(number, "9000.00");
        stage.awaitSeen(REPORTS, act, "Отправлен/Отправлен");
        stage.diadoc.box().deliver(paper);
        stage.awaitSeen(REPORTS, act, "Отправлен/Доставлен");
        stage.diadoc.box().sign(paper);
        stage.awaitSeen(REPORTS, act, "Подписан/Подписан");
        eventually(() -> assertThat(stage.portal.stage(stage.portal.item(Portal.PAYMENTS, payment)))
                .isEqualTo("Счёт выставлен"));
        assertThat(stage.portal.stage(stage.portal.item(Portal.PAYMENTS, other))).isEqualTo("Запланирован");
    }

    private static int planned(int deal, String sum) {
        int payment = stage.portal.payment(Portal.IN, "", DAY, new BigDecimal(sum), stage.customer, stage.customer, deal);
        stage.portal.crm().update(Portal.PAYMENTS, payment, Map.of("stageId", "DT" + Portal.PAYMENTS + "_" + Portal.IN
                + ":NEW"), Portal.PERSON);
        return payment;
    }

    @Test
    void anIncomingPaperThatNobodyKnowsBecomesADocumentWithItsFileOnce() {
        String number = next();
        DiadocPaper paper = stage.diadoc.box().sent("Inbound", DiadocStandIn.COUNTERPARTY, content(number, "320.50"));
        stage.diadoc.box().deliver(paper);
        eventually(() -> assertThat(incoming(number)).singleElement().satisfies(item -> {
            assertThat(String.valueOf(item.get("xmlId"))).startsWith("sverka:edo:main:").hasSize(40);
            assertThat(item.get("companyId")).hasToString(String.valueOf(stage.customer));
            assertThat(new BigDecimal(item.get("opportunity").toString())).isEqualByComparingTo("320.50");
            assertThat(item.get("ufCrm20File")).isNotNull();
        }));
        int item = ((Number) incoming(number).get(0).get("id")).intValue();
        stage.diadoc.box().sign(paper);
        stage.awaitSeen(DOCUMENTS, item, "Подписан/Подписан");
        stage.rest();
        assertThat(incoming(number)).hasSize(1);
    }

    private static List<Map<String, Object>> incoming(String number) {
        return stage.portal.items(DOCUMENTS).stream().filter(one -> number.equals(one.get("ufCrm20Number"))
                && Integer.valueOf(PaperProcesses.IN).equals(one.get("categoryId"))).toList();
    }

    @Test
    void papersOlderThanTheFirstStartAreLinkedAndNeverMade() {
        stage.awaitSeen(DOCUMENTS, old, "Подписан/Подписан");
        stage.rest();
        assertThat(stage.comments(DOCUMENTS, old)).as("nobody is told of the past").isEmpty();
        assertThat(incoming("старый-2")).isEmpty();
        assertThat(stage.questions()).noneMatch(one -> String.valueOf(one.operation()).contains("старый"));
    }

    @Test
    void fourOfFiveAreAQuestionAndAPersonsWordEndsIt() {
        String number = next();
        int item = document(number, "501");
        sent(number, "500.00");
        eventually(() -> assertThat(question(number).candidates()).singleElement().satisfies(one -> {
            assertThat(one.payment().get("id")).isEqualTo(item);
            assertThat(one.reasonsAgainst()).containsExactly("сумма");
        }));
        stage.rest();
        assertThat(stage.seen(DOCUMENTS, item)).isEqualTo("Черновик/");
        stage.reviews().decide(question(number).id(), Reviews.Said.item(item), "Анна");
        stage.awaitSeen(DOCUMENTS, item, "Отправлен/Отправлен");
    }

    private static Reviews.Question question(String number) {
        return stage.questions().stream().filter(one -> String.valueOf(one.operation().get("title")).contains(number))
                .findFirst().orElseThrow(() -> new AssertionError("no question on " + number));
    }

    @Test
    void anItemThatIsMadeRightLaterAnswersTheQuestionItself() {
        String number = next();
        int item = document(number, "800");
        stage.portal.crm().update(DOCUMENTS, item, Map.of("ufCrm20Date", DAY.minusDays(1).toString()), Portal.PERSON);
        sent(number, "800.00");
        eventually(() -> question(number));
        stage.portal.crm().update(DOCUMENTS, item, Map.of("ufCrm20Date", DAY.toString()), Portal.PERSON);
        stage.awaitSeen(DOCUMENTS, item, "Отправлен/Отправлен");
        eventually(() -> assertThat(stage.questions()).noneMatch(one ->
                String.valueOf(one.operation().get("title")).contains(number)));
    }

    @Test
    void twoItemsThatAgreeWhollyAreLeftAlone() {
        String number = next();
        int one = document(number, "60");
        int two = document(number, "60");
        sent(number, "60.00");
        eventually(() -> assertThat(question(number).candidates()).hasSize(2));
        stage.reviews().decide(question(number).id(), Reviews.Said.ignore("дубль в CRM"), "Анна");
        stage.rest();
        assertThat(List.of(stage.seen(DOCUMENTS, one), stage.seen(DOCUMENTS, two))).containsOnly("Черновик/");
        assertThat(stage.questions()).noneMatch(asked -> asked.operation().toString().contains(number));
    }

    @Test
    void aStageThatAPersonChoseIsNotUndone() {
        String number = next();
        int item = document(number, "90");
        DiadocPaper paper = sent(number, "90.00");
        stage.awaitSeen(DOCUMENTS, item, "Отправлен/Отправлен");
        stage.move(DOCUMENTS, item, "Подписан");
        stage.diadoc.box().deliver(paper);
        stage.diadoc.box().reject(paper, "подпишем на бумаге");
        stage.awaitSeen(DOCUMENTS, item, "Подписан/Отклонён");
        eventually(() -> assertThat(question(number).operation().get("why").toString()).contains("поставил человек"));
        stage.reviews().decide(question(number).id(), Reviews.Said.keepIt(), "Анна");
        stage.rest();
        assertThat(stage.seen(DOCUMENTS, item)).isEqualTo("Подписан/Отклонён");
        assertThat(stage.questions()).noneMatch(one -> one.operation().toString().contains(number));
    }

    @Test
    void sabysUnknownPaperBecomesADocumentWithItsFile() {
        String id = stage.saby.office().paper("ДокОтгрВх", "41.30");
        String number = String.valueOf(Long.parseLong(id.substring(24)));
        stage.saby.office().deliver(id);
        eventually(() -> assertThat(incoming(number)).singleElement()
                .satisfies(item -> assertThat(item.get("ufCrm20File")).isNotNull()));
        stage.rest();
        assertThat(incoming(number)).hasSize(1);
    }

    @Test
    void aPaperOfABundleIsKnownByItsOwnNumber() {
        String number = next();
        int item = stage.papers.document(PaperProcesses.OUT, "Акт", number, java.time.LocalDate.now(
                java.time.ZoneId.of("Europe/Moscow")), new BigDecimal("12"), stage.customer);
        String id = stage.saby.office().paper("ДокОтгрИсх", "13.00");
        stage.saby.office().bundle(id, number, "12.00");
        stage.saby.office().send(id);
        stage.awaitSeen(DOCUMENTS, item, "Отправлен/Отправлен");
    }

    @Test
    void sabysShipmentIsAnActToo() {
        String id = stage.saby.office().paper("ДокОтгрИсх", "77.00");
        String number = String.valueOf(Long.parseLong(id.substring(24)));
        int item = stage.papers.document(PaperProcesses.OUT, "Акт", number, java.time.LocalDate.now(
                java.time.ZoneId.of("Europe/Moscow")), new BigDecimal("77"), stage.customer);
        stage.saby.office().send(id);
        stage.awaitSeen(DOCUMENTS, item, "Отправлен/Отправлен");
        stage.saby.office().reject(id, "нет печати");
        stage.awaitSeen(DOCUMENTS, item, "Отклонён/Отклонён");
        assertThat(stage.papers.word(DOCUMENTS, item, "Provider")).isEqualTo("Saby");
        assertThat(stage.papers.word(DOCUMENTS, item, "Link")).contains(id);
    }

    @Test
    void aContractsVersionsKeepTheFileThatEachHad() {
        String number = next();
        int item = stage.papers.document(PaperProcesses.OUT, "Договор", number, DAY, new BigDecimal("10"), stage.customer);
        eventually(() -> assertThat(stage.versions().of("document", item)).hasSize(1));
        change(item, Map.of("ufCrm20File", List.of("contract.docx", base64("первый"))), 2);
        change(item, Map.of("title", "Договор с правками"), 3);
        change(item, Map.of("ufCrm20File", List.of("contract-2.docx", base64("второй"))), 4);
        change(item, Map.of("ufCrm20File", List.of("contract-1.docx", base64("первый"))), 5);
        List<VersionFiles.Kept> files = stage.versionFiles().of("document", item);
        assertThat(files).extracting(VersionFiles.Kept::number).containsExactly(2, 3, 4, 5);
        assertThat(files).extracting(VersionFiles.Kept::name).containsExactly("contract.docx", "contract.docx",
                "contract-2.docx", "contract-1.docx");
        assertThat(files).extracting(one -> new String(stage.versionFiles().content(one).orElseThrow(),
                java.nio.charset.StandardCharsets.UTF_8)).containsExactly("первый", "первый", "второй", "первый");
        assertThat(files.get(0).hash()).isEqualTo(files.get(3).hash());
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void change(int item, Map<String, Object> fields, int version) {
        stage.portal.crm().update(DOCUMENTS, item, fields, Portal.PERSON);
        eventually(() -> assertThat(stage.versions().of("document", item)).hasSize(version));
        if (version > 1) {
            eventually(() -> assertThat(stage.versionFiles().of("document", item, version)).isPresent());
        }
    }

    @Test
    void aContractsVersionsTellWhoChangedWhat() {
        String number = next();
        int item = stage.papers.document(PaperProcesses.OUT, "Договор", number, DAY, new BigDecimal("1000"), stage.customer);
        eventually(() -> assertThat(stage.versions().of("document", item)).hasSize(1));
        stage.portal.crm().update(DOCUMENTS, item, Map.of("opportunity", new BigDecimal("1200"), "title", "Договор с правками"),
                Portal.PERSON);
        eventually(() -> assertThat(stage.comments(DOCUMENTS, item)).singleElement().asString()
                .startsWith("Версия 2, ").contains(", Анна Ким: ", "Сумма «1000» → «1200»", "Название «Договор № " + number
                        + "» → «Договор с правками»", "\nsverka:version:main:d" + item + "-2"));
        eventually(() -> assertThat(stage.papers.word(DOCUMENTS, item, "Version")).isEqualTo("2"));
        stage.portal.crm().update(DOCUMENTS, item, Map.of("opportunity", new BigDecimal("900")), Portal.PERSON);
        eventually(() -> assertThat(stage.comments(DOCUMENTS, item)).hasSize(2));
        assertThat(stage.versions().between("document", item, 1, 3)).containsEntry("amount", List.of("1000", "900"))
                .containsKey("title").hasSize(2);
        assertThat(stage.versions().of("document", item)).extracting(VersionBook.Version::number).containsExactly(1, 2, 3);
    }
}
