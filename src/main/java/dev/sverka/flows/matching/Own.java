package dev.sverka.flows.matching;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who we are, as far as operations are told apart by it.
 *
 * @param ownCompanies our legal entities
 * @param banks the banks that serve us
 */
public record Own(List<Company> ownCompanies, List<Bank> banks) {

    /** @param accounts bank accounts, 20 digits each */
    public record Company(String inn, @Nullable String name, List<String> accounts) {
    }

    public record Bank(String inn, @Nullable String name) {
    }

    /** Which of our companies has the account. */
    public Optional<Company> owner(@Nullable String account) {
        return ownCompanies.stream()
                .filter(company -> account != null && company.accounts().contains(account)).findFirst();
    }

    public boolean isCompany(@Nullable String inn) {
        return ownCompanies.stream().anyMatch(company -> company.inn().equals(inn));
    }

    public boolean isBank(@Nullable String inn) {
        return banks.stream().anyMatch(bank -> bank.inn().equals(inn));
    }
}
