package dev.sverka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.modulith.core.ApplicationModules;

/** The house's rules on wings and rooms, checked. */
class RoomsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.sverka");

    @Test
    void roomsImportOnlyWhatTheyMay() {
        ApplicationModules modules = ApplicationModules.of(Application.class);
        modules.verify();
        assertThat(modules.stream()).as("rooms are told by their package-info.java").hasSizeGreaterThan(12);
    }

    @Test
    void arrowsBetweenWingsRunOneWay() {
        Architectures.layeredArchitecture().consideringOnlyDependenciesInAnyPackage("dev.sverka..")
                .layer("core").definedBy("dev.sverka.core..")
                .layer("records").definedBy("dev.sverka.records..")
                .layer("vendors").definedBy("dev.sverka.vendors..")
                .layer("flows").definedBy("dev.sverka.flows..")
                .layer("desk").definedBy("dev.sverka.desk..")
                .layer("start").definedBy("dev.sverka")
                .whereLayer("core").mayNotAccessAnyLayer()
                .whereLayer("records").mayNotAccessAnyLayer()
                .whereLayer("vendors").mayOnlyAccessLayers("core", "records")
                .whereLayer("flows").mayOnlyAccessLayers("core", "records")
                .whereLayer("desk").mayOnlyBeAccessedByLayers("start")
                .whereLayer("vendors").mayOnlyBeAccessedByLayers("desk")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "records", "vendors", "flows", "desk"})
    void roomsOfAWingFormNoCircle(String wing) {
        slices().matching("dev.sverka." + wing + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void vendorsKnowNothingOfEachOther() {
        slices().matching("dev.sverka.vendors.(*)..").should().notDependOnEachOther().check(CLASSES);
    }

    @Test
    void matchingIsPure() {
        noClasses().that().resideInAPackage("dev.sverka.flows.matching")
                .should().dependOnClassesThat().resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..",
                        "java.time.Clock", "org.apache.camel..", "dev.sverka.flows.payments..")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.Random")
                .because("a decision can be repeated from its facts for ever")
                .check(CLASSES.that(com.tngtech.archunit.base.DescribedPredicate.describe("code",
                        one -> !one.getSimpleName().equals("package-info"))));
    }

    @Test
    void onlyTheDoorAndClientsSpeakHttp() {
        noClasses().that().resideOutsideOfPackage("dev.sverka.core.http").and().haveSimpleNameNotEndingWith("Client")
                .and().haveSimpleNameNotEndingWith("Connector")
                .should().dependOnClassesThat().resideInAPackage("okhttp3..").check(CLASSES);
    }

    @Test
    void clientsAndFlowsAreFreeOfCamel() {
        noClasses().that().haveSimpleNameEndingWith("Client").or()
                .resideInAnyPackage("dev.sverka.records..", "dev.sverka.flows..")
                .should().dependOnClassesThat().resideInAPackage("org.apache.camel..").check(CLASSES);
    }

    @Test
    void moneyIsNeverAFloat() {
        noClasses().that().resideInAnyPackage("dev.sverka.flows.payments", "dev.sverka.flows.matching",
                        "dev.sverka.records..", "dev.sverka.vendors.tbank", "dev.sverka.vendors.tochka",
                        "dev.sverka.vendors.statements", "dev.sverka.vendors.diadoc", "dev.sverka.vendors.saby")
                .should().dependOnClassesThat().belongToAnyOf(Double.class, Float.class).check(CLASSES);
    }

    @Test
    void everyFileIsShortEnoughToHoldInTheHead() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> long400 = files.filter(file -> file.toString().endsWith(".java")).filter(file -> {
                try (Stream<String> lines = Files.lines(file)) {
                    return lines.count() > 400;
                } catch (IOException unreadable) {
                    throw new java.io.UncheckedIOException(unreadable);
                }
            }).map(Path::toString).toList();
            assertThat(long400).isEmpty();
        }
    }
}
