package dev.sverka.desk.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sverka.Application;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

/** The real program, set to what it must not start with. */
class StartFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "accounts[0]=407028102000099900012 | accounts[0] is no bank account: it has 20 digits | without blanks",
            "inn=12345 | inn is no ИНН: it has 10 digits for a company and 12 for a person | requisites"})
    void whoWeAreIsRefusedWithWordsThatHelp(String setting, String problem, String cure) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        Throwable failure = catchThrowable(() -> application.run("--sverka.database.url=jdbc:h2:mem:refused",
                "--sverka.routes.start=false", "--sverka.own-companies[0].name=Мы",
                "--sverka.own-companies[0]." + setting).close());
        assertThat(StartFailure.problems(failure).toString()).contains(problem).contains(cure);
    }
}
