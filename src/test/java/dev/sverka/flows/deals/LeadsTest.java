package dev.sverka.flows.deals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.bitrix24.Portal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Requests of known clients, and the deals that leads become. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeadsTest {

    private static final int LEAD = 1;
    private static final int CONTACT = 3;
    private static final int COMPANY = 4;

    private DealsStage stage;
    private long flag;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        stage = new DealsStage(home, Databases.h2Url(home), false);
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    private static Map<String, Object> reached(String type, String value) {
        return Map.of("n0", Map.of("typeId", type, "valueType", "WORK", "value", value));
    }

    private long add(int type, Map<String, Object> fields) {
        return Long.parseLong(stage.vendor.crm().add(type, fields, Portal.PERSON).get("id").toString());
    }

    private long lead(String title, Map<String, Object> fm) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("title", title, "sourceId", "WEB",
                "sourceDescription", "форма на сайте"));
        if (fm != null) {
            fields.put("fm", fm);
        }
        return add(LEAD, fields);
    }

    private Object held(String entity, long id, String key) {
        Object held = stage.portal.held(entity, id, key);
        return held == null || held.toString().isEmpty() || held.toString().equals("0") ? null
                : Long.valueOf(held.toString());
    }

    /** Until the leads' work is done: a later lead of a known client has been linked. */
    private void rest() {
        flag++;
        String phone = String.format("+7 495 000-%02d-%02d", flag / 100, flag % 100);
        long company = add(COMPANY, Map.of("title", "Флаг " + flag, "fm", reached("PHONE", phone)));
        long lead = lead("Флаг " + flag, reached("PHONE", phone));
        DealsStage.eventually(() -> assertThat(held("lead", lead, "company")).isEqualTo(company));
        DealsStage.eventually(() -> assertThat(stage.jdbc.sql("select count(*) from entry where state in ('queued',"
                + " 'working') and flow = 'lead-client'").query(Long.class).single()).isZero());
    }

    @Test
    void aRequestOfAKnownClientIsThatClientsByPhoneEmailAndInn() {
        long phone = add(COMPANY, Map.of("title", "По телефону", "fm", reached("PHONE", "+7 (812) 111-22-33")));
        long mail = add(COMPANY, Map.of("title", "По почте", "fm", reached("EMAIL", "Office@Romashka.example")));
        long inn = stage.customer("7712345678");
        long person = add(CONTACT, Map.of("name", "Ирина", "companyId", mail, "fm", reached("PHONE", "+79161234567")));
        long byPhone = lead("Сайт", reached("PHONE", "8 812 1112233"));
        long byMail = lead("Магазин", reached("EMAIL", "office@romashka.example"));
        long byInn = lead("Заявка, ИНН 7712345678", null);
        long byPerson = lead("Перезвоните", reached("PHONE", "8 (916) 123-45-67"));
        DealsStage.eventually(() -> {
            assertThat(held("lead", byPhone, "company")).isEqualTo(phone);
            assertThat(held("lead", byMail, "company")).isEqualTo(mail);
            assertThat(held("lead", byInn, "company")).isEqualTo(inn);
            assertThat(held("lead", byPerson, "company")).isEqualTo(mail);
            assertThat(held("lead", byPerson, "contact")).isEqualTo(person);
        });
        stage.portal.change("lead", byPhone, Map.of("company", 0));
        rest();
        assertThat(held("lead", byPhone, "company")).as("a person took it away").isNull();
    }

    @Test
    void nobodyIsGuessedWhereSeveralAreKnownAndWhereTheInnIsAnothers() {
        for (int n = 0; n < 2; n++) {
            add(COMPANY, Map.of("title", "Тёзка " + n, "fm", reached("PHONE", "+7 843 555-55-55")));
        }
        add(COMPANY, Map.of("title", "Мы", "isMyCompany", "Y", "fm", reached("EMAIL", "info@mayak.example")));
        long one = add(COMPANY, Map.of("title", "Один", "fm", reached("PHONE", "+7 843 777-77-77")));
        long several = lead("Кто", reached("PHONE", "+7 843 555-55-55"));
        long ours = lead("Сами", reached("EMAIL", "info@mayak.example"));
        long another = lead("Другая фирма ИНН 7799999999", reached("PHONE", "+7 843 777-77-77"));
        rest();
        assertThat(held("lead", several, "company")).isNull();
        assertThat(held("lead", ours, "company")).isNull();
        assertThat(held("lead", another, "company")).as("not " + one).isNull();
    }

    @Test
    void aDealTakesOverWhatItsLeadSaysAndItDoesNot() {
        long company = stage.customer(DealsStage.inn(95));
        long person = add(CONTACT, Map.of("name", "Олег"));
        long lead = add(LEAD, Map.of("title", "Заявка", "companyId", company, "contactId", person, "sourceId", "WEB",
                "sourceDescription", "форма на сайте"));
        long deal = stage.portal.add("deal", Map.of("title", "Сделка из заявки", "lead", lead, "source", "CALL"));
        DealsStage.eventually(() -> {
            assertThat(held("deal", deal, "company")).isEqualTo(company);
            assertThat(held("deal", deal, "contact")).isEqualTo(person);
            assertThat(stage.portal.held("deal", deal, "sourceText")).isEqualTo("форма на сайте");
        });
        assertThat(stage.portal.held("deal", deal, "source")).as("its own").isEqualTo("CALL");
        stage.portal.change("deal", deal, Map.of("contact", 0));
        stage.rest();
        assertThat(held("deal", deal, "contact")).as("a person took it away").isNull();
    }

    @Test
    void whatPeopleTakeAwayFromADealThatHadAllOfItsLeadIsNotPutBack() {
        long company = stage.customer(DealsStage.inn(96));
        long lead = add(LEAD, Map.of("title", "Заявка", "companyId", company, "sourceId", "WEB"));
        long deal = stage.portal.add("deal", Map.of("title", "Как у заявки", "lead", lead, "source", "WEB", "company",
                company));
        stage.rest();
        stage.portal.change("deal", deal, Map.of("company", 0));
        stage.rest();
        assertThat(held("deal", deal, "company")).as("a person took it away").isNull();
    }
}
