package dev.sverka.desk.console;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A password of which nothing is cut off: bcrypt looks at 72 bytes and no further. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = WholePassword.Validator.class)
@interface WholePassword {

    int BYTES = 72;

    String message() default "is longer than " + BYTES + " bytes, of which no more would be looked at; choose a shorter one";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Counts bytes: a Cyrillic letter has two. */
    final class Validator implements ConstraintValidator<WholePassword, String> {
        @Override
        public boolean isValid(@Nullable String password, ConstraintValidatorContext context) {
            return password == null || password.getBytes(StandardCharsets.UTF_8).length <= BYTES;
        }
    }
}
