package dev.sverka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The house's rules on rooms, checked. */
class RoomsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.sverka");

    @Test
    void roomsImportOnlyWhatTheyMay() {
        ApplicationModules.of(Application.class).verify();
    }

    @Test
    void onlyTheDoorAndClientsSpeakHttp() {
        noClasses().that().resideOutsideOfPackage("dev.sverka.http").and().haveSimpleNameNotEndingWith("Client")
                .and().haveSimpleNameNotEndingWith("Connector")
                .should().dependOnClassesThat().resideInAPackage("okhttp3..").check(CLASSES);
    }

    @Test
    void clientsAndFlowsAreFreeOfCamel() {
        noClasses().that().haveSimpleNameEndingWith("Client").or()
                .resideInAnyPackage("dev.sverka.bank", "dev.sverka.payments")
                .should().dependOnClassesThat().resideInAPackage("org.apache.camel..").check(CLASSES);
    }

    @Test
    void moneyIsNeverAFloat() {
        noClasses().that().resideInAnyPackage("dev.sverka.payments", "dev.sverka.bank", "dev.sverka.tbank")
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
