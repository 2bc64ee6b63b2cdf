package dev.sverka;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.Test;

/** Every option that routes can write says what it is for. */
class OptionsTest {

    @Test
    void everyOptionIsDescribed() {
        List<JavaField> options = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.sverka").stream().flatMap(type -> type.getFields().stream())
                .filter(field -> field.isAnnotatedWith(UriParam.class) || field.isAnnotatedWith(UriPath.class)).toList();
        assertThat(options).hasSizeGreaterThan(5).allSatisfy(field -> {
            String description = field.isAnnotatedWith(UriParam.class)
                    ? field.getAnnotationOfType(UriParam.class).description()
                    : field.getAnnotationOfType(UriPath.class).description();
            assertThat(description).as(field.getFullName()).isNotBlank();
        });
    }
}
