package dev.sverka.desk.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sverka.Application;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

/** The real program, set to what it must not start with. */
class StartFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "own-companies[0].accounts[0]=407028102000099900012 | accounts[0] is no bank account: it has 20 digits | without blanks",
            "own-companies[0].inn=12345 | inn is no ИНН: it has 10 digits for a company and 12 for a person | requisites",
            "public-url=sync.example.org | sverka.public-url is no address | https://sync.example.org",
            "console.password=яяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяя | console.password is longer than 72 bytes | shorter",
            "console.users[0].name=buh | console.users[0].password must not be blank | give it a value",
            "console.trusted-proxies[0]=proxy | trusted-proxies[0] is no IP address | such as 10.0.0.5"})
    void whoWeAreIsRefusedWithWordsThatHelp(String setting, String problem, String cure) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        Throwable failure = catchThrowable(() -> application.run("--sverka.database.url=jdbc:h2:mem:refused",
                "--sverka.routes.start=false", "--sverka." + setting).close());
        assertThat(StartFailure.problems(failure).toString()).contains(problem).contains(cure);
    }

    @Test
    void aNameThatStandsTwiceIsRefusedWithoutAnyPassword() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        Throwable failure = catchThrowable(() -> application.run("--sverka.database.url=jdbc:h2:mem:refused",
                "--sverka.routes.start=false", "--sverka.console.user=anna", "--sverka.console.password=secret-one",
                "--sverka.console.users[0].name=anna", "--sverka.console.users[0].password=secret-two").close());
        assertThat(StartFailure.problems(failure).toString()).contains("the name anna stands twice")
                .doesNotContain("secret-");
    }
}
