package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@SpringBootTest(classes = ConsoleStage.class, properties = {
        "sverka.console.password=secret-of-admin",
        "sverka.console.users[0].name=buh", "sverka.console.users[0].password=secret-of-buh",
        "sverka.console.users[0].role=finance",
        "sverka.console.users[1].name=guest", "sverka.console.users[1].password=secret-of-guest"})
class SecurityRulesTest {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private ConsoleStage.Watch clock;

    private MockMvc mvc;

    @BeforeEach
    void open() {
        mvc = MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build();
    }

    /** 409 stands for "let in": there is no entry 99. */
    @ParameterizedTest(name = "{0} {1} as {2}: {3}")
    @CsvSource({
            "GET,  /api/status,                     nobody, 401",
            "GET,  /api/status,                     wrong,  401",
            "GET,  /api/status,                     admin,  200",
            "GET,  /api/status,                     buh,    200",
            "GET,  /api/status,                     guest,  200",
            "GET,  /api/journal?state=dead,         nobody, 401",
            "GET,  /api/journal?state=dead,         guest,  200",
            "GET,  /api/journal?state=asleep,       guest,  400",
            "GET,  /api/journal?limit=many,         guest,  400",
            "GET,  /api/nothing,                    nobody, 401",
            "GET,  /api/nothing,                    admin,  404",
            "POST, /api/journal/99/replay,          nobody, 401",
            "POST, /api/journal/99/replay,          guest,  403",
            "POST, /api/journal/99/replay,          buh,    409",
            "POST, /api/journal/99/dismiss,         admin,  409",
            "POST, /api/reviews/1,                  nobody, 401",
            "POST, /api/reviews/1,                  guest,  403",
            "GET,  /api/reviews,                    buh,    200",
            "POST, /api/limits,                     nobody, 401",
            "POST, /api/limits,                     buh,    403",
            "GET,  /actuator/health/liveness,       nobody, 200",
            "GET,  /actuator/health/readiness,      nobody, 200",
            "GET,  /actuator/health,                nobody, 401",
            "GET,  /actuator/health,                admin,  403",
            "GET,  /actuator/env,                   admin,  403",
            "GET,  /actuator,                       nobody, 401",
            "GET,  /actuator/prometheus,            nobody, 401",
            "GET,  /actuator/prometheus,            guest,  200",
            "POST, /hooks/bitrix24,                 nobody, 404",
            "POST, /hooks/tbank/some-secret,        nobody, 404",
            "GET,  /calendar/token.ics,             nobody, 404",
            "GET,  /,                               nobody, 302",
            "GET,  /,                               admin,  302",
            "GET,  /live,                           nobody, 302",
            "GET,  /status,                         nobody, 302",
            "GET,  /journal,                        nobody, 302",
            "GET,  /routes,                         nobody, 302",
            "GET,  /login,                          nobody, 200",
            "GET,  /static/console.css,             nobody, 200",
            "GET,  /application.yaml,               nobody, 302",
            "POST, /journal/99/replay,              nobody, 302",
    })
    void everyPathLetsInWhomItShould(String method, String path, String who, int status) throws Exception {
        MockHttpServletRequestBuilder request = request(HttpMethod.valueOf(method), path);
        if (!who.equals("nobody")) {
            request.with(httpBasic(who.equals("wrong") ? "admin" : who, "secret-of-" + who));
        }
        MockHttpServletResponse response = answer(request);
        assertThat(response.getStatus()).isEqualTo(status);
        if (status == 302) {
            assertThat(response.getRedirectedUrl()).startsWith("/login");
        }
        if (status == 401) {
            assertThat(response.getHeader("WWW-Authenticate")).startsWith("Basic");
            assertThat(response.getContentAsString()).contains("\"error\":");
        }
        if (path.matches("/(api|hooks|calendar|actuator)/.*")) {
            assertThat(response.getCookies()).isEmpty();
        }
    }

    @Test
    void aSessionOpensPagesButNeverTheApi() throws Exception {
        MockHttpSession session = signIn("admin");
        assertThat(answer(get("/").session(session)).getStatus()).isEqualTo(200);
        assertThat(answer(get("/api/status").session(session)).getStatus()).isEqualTo(401);
        assertThat(answer(get("/actuator/prometheus").session(session)).getStatus()).isEqualTo(401);
        assertThat(answer(post("/api/journal/99/replay").session(session).with(csrf())).getStatus()).isEqualTo(401);
    }

    @Test
    void aFormWithoutItsTokenChangesNothing() throws Exception {
        MockHttpSession session = signIn("admin");
        assertThat(answer(post("/journal/5/replay").session(session)).getStatus()).isEqualTo(403);
        assertThat(answer(post("/logout").session(session)).getStatus()).isEqualTo(403);
    }

    @Test
    void aFormSentAfterTheSessionEndedLeadsToTheLoginPage() throws Exception {
        assertThat(answer(post("/journal/5/replay")).getRedirectedUrl()).isEqualTo("/login?expired");
    }

    @ParameterizedTest(name = "{0} sends a form: {1}")
    @CsvSource({"admin, 302", "buh, 302", "guest, 403"})
    void onlyThoseWhoMayActSendForms(String who, int status) throws Exception {
        MockHttpSession session = signIn(who);
        assertThat(answer(post("/journal/99/dismiss").session(session).with(csrf())).getStatus()).isEqualTo(status);
    }

    /** 404 stands for "let in": no channel is set up. */
    @ParameterizedTest(name = "{0} as {1}: {2}")
    @CsvSource({"/status/channels?channel=x, admin, 404", "/status/channels?channel=x, buh, 403",
            "/status/channels?channel=x, guest, 403", "/journal/decisions?what=REPLAY&entry=99, admin, 302",
            "/journal/decisions?what=REPLAY&entry=99, buh, 302", "/journal/decisions?what=REPLAY&entry=99, guest, 403",
            "/journal/decisions/1/undo, buh, 302", "/journal/decisions/1/undo, guest, 403",
            "/journal/decisions/1/now, guest, 403"})
    void opsTryChannelsAndAViewerDecidesNothing(String path, String who, int status) throws Exception {
        assertThat(answer(post(path).session(signIn(who)).with(csrf())).getStatus()).isEqualTo(status);
        assertThat(answer(post(path).session(signIn(who))).getStatus()).as("without the form's token").isEqualTo(403);
    }

    @Test
    void aViewerSeesNoButtonsAndCanSignOut() throws Exception {
        MockHttpSession session = signIn("guest");
        assertThat(answer(get("/").session(session)).getContentAsString())
                .contains("ACCESS_DENIED").doesNotContain("/journal/5/replay");
        assertThat(answer(post("/logout").session(session).with(csrf())).getRedirectedUrl()).isEqualTo("/login?out");
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site, 403", "Sec-Fetch-Site, same-site, 403", "Sec-Fetch-Site, same-origin, 409",
            "Origin, https://evil.example, 403", "Origin, null, 403", "Origin, http://localhost, 409", "X-Other, x, 409"})
    void aForeignPageCannotUseABrowsersPasswordForTheApi(String header, String value, int status) throws Exception {
        assertThat(answer(post("/api/journal/99/replay").with(httpBasic("admin", "secret-of-admin"))
                .header("Host", "localhost").header(header, value)).getStatus()).isEqualTo(status);
    }

    @Test
    void pagesAllowOnlyTheirOwnFilesAndNoFrames() throws Exception {
        MockHttpServletResponse page = answer(get("/login"));
        assertThat(page.getHeader("Content-Security-Policy")).contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.getHeader("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.getHeader("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(page.getHeader("Cache-Control")).contains("no-store");
        assertThat(page.getContentAsString()).doesNotContain("style=", "onclick=", "<style");
    }

    @Test
    void fiveWrongPasswordsLockANameAtAnAddressForAMinute() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(enter("10.0.0.1", "guess" + i).getRedirectedUrl()).isEqualTo("/login?wrong");
        }
        assertThat(enter("10.0.0.1", "secret-of-admin").getRedirectedUrl()).isEqualTo("/login?locked");
        MockHttpServletResponse api = answer(from("10.0.0.1", get("/api/status")
                .with(httpBasic("admin", "secret-of-admin"))));
        assertThat(api.getStatus()).isEqualTo(401);
        assertThat(api.getContentAsString()).contains("too many wrong passwords");
        assertThat(enter("10.0.0.2", "secret-of-admin").getRedirectedUrl()).isEqualTo("/");
        clock.forward(Duration.ofSeconds(61));
        assertThat(enter("10.0.0.1", "secret-of-admin").getRedirectedUrl()).isEqualTo("/");
    }

    /** Behind a proxy that is not trusted everybody has its address. */
    @Test
    void aStrangersGuessesKeepOutNobodyWhoHasEnteredByHisBrowserBefore() throws Exception {
        Cookie known = enter("10.0.0.3", "secret-of-admin").getCookie("SVERKA_DEVICE");
        assertThat(known).isNotNull();
        assertThat(known.isHttpOnly()).isTrue();
        for (int i = 0; i < 5; i++) {
            enter("10.0.0.3", "guess" + i);
        }
        assertThat(enter("10.0.0.3", "secret-of-admin").getRedirectedUrl()).isEqualTo("/login?locked");
        assertThat(enter("10.0.0.3", "secret-of-admin", known).getRedirectedUrl()).isEqualTo("/");
        Cookie forged = new Cookie("SVERKA_DEVICE", known.getValue().replaceFirst("^.", "_"));
        assertThat(enter("10.0.0.3", "secret-of-admin", forged).getRedirectedUrl()).isEqualTo("/login?locked");
        for (int i = 0; i < 5; i++) {
            enter("10.0.0.4", "guess" + i, known);
        }
        assertThat(enter("10.0.0.4", "secret-of-admin", known).getRedirectedUrl()).as("it is no way to guess")
                .isEqualTo("/login?locked");
        clock.forward(Duration.ofSeconds(61));
    }

    private MockHttpServletResponse enter(String address, String password, Cookie... cookies) throws Exception {
        MockHttpServletRequestBuilder login = post("/login").with(csrf()).param("username", "admin")
                .param("password", password);
        return answer(from(address, cookies.length == 0 ? login : login.cookie(cookies)));
    }

    private static MockHttpServletRequestBuilder from(String address, MockHttpServletRequestBuilder request) {
        return request.with(made -> {
            made.setRemoteAddr(address);
            return made;
        });
    }

    private MockHttpSession signIn(String who) throws Exception {
        return (MockHttpSession) mvc.perform(post("/login").with(csrf()).param("username", who)
                .param("password", "secret-of-" + who)).andReturn().getRequest().getSession(false);
    }

    private MockHttpServletResponse answer(RequestBuilder request) throws Exception {
        return mvc.perform(request).andReturn().getResponse();
    }
}
