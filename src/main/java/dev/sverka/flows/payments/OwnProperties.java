package dev.sverka.flows.payments;

import dev.sverka.flows.matching.Own;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who we are.
 *
 * @param ownCompanies our legal entities
 * @param banks the banks that serve us
 */
@Validated
@ConfigurationProperties("sverka")
record OwnProperties(@DefaultValue List<@Valid Company> ownCompanies, @DefaultValue List<Bank> banks) {

    private static final String INN = "(\\d{10}|\\d{12})?";
    private static final String NO_INN = "is no ИНН: it has 10 digits for a company and 12 for a person; copy it from"
            + " the company's requisites";
    private static final String NO_ACCOUNT = "is no bank account: it has 20 digits; copy it from the bank, without"
            + " blanks";

    /** @param accounts bank accounts, 20 digits each */
    record Company(@Pattern(regexp = INN, message = NO_INN) String inn, @Nullable String name,
            @DefaultValue List<@Pattern(regexp = "\\d{20}", message = NO_ACCOUNT) String> accounts) {
    }

    record Bank(String inn, @Nullable String name) {
    }

    Own own() {
        return new Own(ownCompanies.stream().map(one -> new Own.Company(one.inn(), one.name(), one.accounts())).toList(),
                banks.stream().map(one -> new Own.Bank(one.inn(), one.name())).toList());
    }
}
