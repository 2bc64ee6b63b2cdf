package dev.sverka.payments;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who we are, as far as operations are told apart by it.
 *
 * @param ownCompanies our legal entities
 * @param banks the banks that serve us
 */
@ConfigurationProperties("sverka")
record Own(@DefaultValue List<Company> ownCompanies, @DefaultValue List<Bank> banks) {

    /** @param accounts bank accounts, 20 digits each */
    record Company(String inn, @Nullable String name, @DefaultValue List<String> accounts) {
    }

    record Bank(String inn, @Nullable String name) {
    }

    /** Which of our companies has the account. */
    Optional<Company> owner(@Nullable String account) {
        return ownCompanies.stream()
                .filter(company -> account != null && company.accounts().contains(account)).findFirst();
    }

    boolean isCompany(@Nullable String inn) {
        return ownCompanies.stream().anyMatch(company -> company.inn().equals(inn));
    }

    boolean isBank(@Nullable String inn) {
        return banks.stream().anyMatch(bank -> bank.inn().equals(inn));
    }
}
