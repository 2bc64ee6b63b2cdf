package dev.sverka.flows.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.mapping.YamlText;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarRulesTest {

    private static final String FILE = "mappings/calendar.yaml";
    private static final String RULE = """
            refresh: PT1H
            names: {}
            events:
              - entity: deal
                dates: {start: %s, end: end}
                titles: {start: "%s", end: E, span: S}
                category: C
                color: red
            """;

    private static Portal portal() throws IOException {
        return Portals.declared(Files.readString(Path.of("mappings/portal.yaml"))).get();
    }

    private static CalendarRules read(String text) {
        YamlText yaml = YamlText.parse(FILE, text);
        return CalendarRules.read(yaml.map(), yaml);
    }

    @Test
    void theShippedFileNamesNothingThatThePortalLacks() throws IOException {
        assertThat(read(Files.readString(Path.of(FILE))).strangers(portal(), FILE)).isEmpty();
    }

    @Test
    void aSpanNeedsATitleOfItsOwn() {
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> read(RULE.formatted("begin", "A").replace(", span: S", "")));
        assertThat(refused.problems()).singleElement().satisfies(one -> {
            assertThat(one.line()).isEqualTo(6);
            assertThat(one.toString()).contains("'span' has no title", "under titles:");
        });
    }

    @ParameterizedTest
    @CsvSource({"{}", "{two words}", "open {", "{title"})
    void aBraceNamesAField(String title) {
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> read(RULE.formatted("begin", title)));
        assertThat(refused.problems()).singleElement().satisfies(one -> assertThat(one.toString())
                .startsWith(FILE + ":6:").contains(title, "write {field}"));
    }

    @Test
    void strangersAreToldWithTheirLine() throws IOException {
        Portal portal = portal();
        assertThat(read(RULE.formatted("beginn", "{titel}")).strangers(portal, FILE)).extracting(Object::toString)
                .hasSize(2).allMatch(one -> one.startsWith(FILE + ":4: deal has no field "));
        assertThat(read(RULE.formatted("begin", "A").replace("entity: deal", "entity: dael")).strangers(portal, FILE))
                .singleElement().asString().contains("no entity is called dael");
        assertThat(read(RULE.formatted("begin", "A").replace("entity: deal", "entity: deal\n    pipeline: in"))
                .strangers(portal, FILE)).singleElement().asString().contains("deal has no funnel in");
    }
}
