package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import dev.sverka.flows.calendar.Calendars;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The page where people get and lose their calendars. */
@SpringBootTest(classes = ConsoleStage.class, properties = "sverka.console.password=secret")
class CalendarPageTest {

    private static final String TOKEN = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v";
    private static final int QUIET = 4;

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private Calendars calendars;

    private MockMvc mvc;

    @BeforeEach
    void open() {
        mvc = MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build();
        when(calendars.list()).thenReturn(List.of(new Calendars.Listed(3, 7, "Анна <b>Ким</b>", "payments", true, "in",
                List.of("payment.in"), "P3M", "P12M", "P1D", List.of(), ConsoleStage.NOW, "admin", ConsoleStage.NOW,
                "Evil/<script>")));
    }

    private String page(MockHttpSession session) throws Exception {
        return mvc.perform(get("/calendars").session(session).with(user("admin").roles("OPS"))).andReturn()
                .getResponse().getContentAsString();
    }

    @Test
    void aNewAddressIsShownOnceWithALinkAndAQrCodeThatSaysTheSame() throws Exception {
        when(calendars.issue(any(), eq("admin"))).thenReturn(new Calendars.Issued(4, TOKEN));
        MvcResult issued = mvc.perform(post("/calendars").with(user("admin").roles("OPS")).with(csrf())
                .param("person", "7").param("view", "all")).andReturn();
        assertThat(issued.getResponse().getRedirectedUrl()).isEqualTo("/calendars");
        MockHttpSession session = (MockHttpSession) issued.getRequest().getSession();
        String page = page(session);
        assertThat(page).contains("href=\"webcal://localhost/calendar/" + TOKEN + ".ics\"",
                ">http://localhost/calendar/" + TOKEN + ".ics<");
        assertThat(decoded(page)).isEqualTo("webcal://localhost/calendar/" + TOKEN + ".ics");
        assertThat(page(session)).as("asked for again").doesNotContain(TOKEN);
    }

    @Test
    void peopleAreOfferedByNameAndKindsMayBeChosen() throws Exception {
        when(calendars.people()).thenReturn(List.of(new Calendars.Person(7, "Анна <b>Ким</b>")));
        assertThat(page(new MockHttpSession())).containsPattern(
                "<option value=\"7\"[^>]*>Анна &lt;b&gt;Ким&lt;/b&gt;</option>").doesNotContain("<b>Ким");
        when(calendars.issue(any(), eq("admin"))).thenReturn(new Calendars.Issued(5, TOKEN));
        mvc.perform(post("/calendars").with(user("admin").roles("OPS")).with(csrf()).param("person", "7")
                .param("view", "mine").param("entities", "payments", "reports"));
        verify(calendars).issue(new Calendars.Wanted(7L, "mine", false, null, List.of(), null, null, null,
                List.of("payments", "reports")), "admin");
    }

    private static String decoded(String page) throws Exception {
        Matcher size = Pattern.compile("viewBox=\"0 0 (\\d+)").matcher(page);
        assertThat(size.find()).isTrue();
        BitMatrix squares = new BitMatrix(Integer.parseInt(size.group(1)) - 2 * QUIET);
        Matcher square = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(page);
        while (square.find()) {
            squares.set(Integer.parseInt(square.group(1)) - QUIET, Integer.parseInt(square.group(2)) - QUIET);
        }
        return new Decoder().decode(squares).getText();
    }

    @Test
    void thePageTellsWhoReadsWhatWithWhichProgramAndRunsNothingOfIt() throws Exception {
        assertThat(page(new MockHttpSession())).contains("Анна &lt;b&gt;Ким&lt;/b&gt;", "Evil/&lt;script&gt;",
                "−3 мес. … +12 мес.", "за 1 дн.", "payment.in", "id=\"revoke-yes-3\"").doesNotContain("<b>Ким", "Evil/<script>");
    }

    @Test
    void aViewerLooksAndChangesNothing() throws Exception {
        String page = mvc.perform(get("/calendars").with(user("guest").roles("VIEWER"))).andReturn().getResponse()
                .getContentAsString();
        assertThat(page).contains("calendar-3").doesNotContain("revoke-yes-3", "id=\"issue\"");
        assertThat(mvc.perform(post("/calendars/3/revoke").with(user("guest").roles("VIEWER")).with(csrf())).andReturn()
                .getResponse().getStatus()).isEqualTo(403);
    }
}
