package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import jakarta.servlet.http.HttpSession;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Apart from the other rules: a test that sends forms puts a store of its own, with sessions, into the context. */
@SpringBootTest(classes = ConsoleStage.class, properties = "sverka.console.password=secret-of-the-login-page")
class LoginPageTest {

    @Autowired
    private WebApplicationContext context;

    @Test
    void aPageNobodyHasLoggedInToCostsNoSession() throws Exception {
        MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build();
        AtomicInteger made = new AtomicInteger();
        MockHttpServletResponse page = mvc.perform(get("/login")
                .with(built -> new MockHttpServletRequest(built.getServletContext(), "GET", "/login") {
                    @Override
                    public HttpSession getSession(boolean create) {
                        made.addAndGet(create ? 1 : 0);
                        return super.getSession(create);
                    }
                })).andReturn().getResponse();
        assertThat(made).hasValue(0);
        assertThat(page.getCookie("SVERKA_FORM")).as("the form's token travels in a cookie").isNotNull();
    }
}
