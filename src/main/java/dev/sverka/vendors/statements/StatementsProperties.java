package dev.sverka.vendors.statements;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sverka.statements.<account>.*}, and whose accounts are ours.
 *
 * @param statements drop folders by short name
 * @param ownCompanies our legal entities
 */
@ConfigurationProperties("sverka")
record StatementsProperties(@DefaultValue Map<String, Account> statements,
        @DefaultValue List<OwnCompany> ownCompanies) {

    /** @param folder where files are dropped; relative to the home where it is no absolute path */
    record Account(@Nullable String folder) {

        boolean isOn() {
            return folder != null && !folder.isBlank();
        }
    }

    /**
     * A company without accounts is one too: an element of which nothing were known here would stop the start.
     *
     * @param accounts bank accounts, 20 digits each
     */
    record OwnCompany(@Nullable String inn, @Nullable String name, @DefaultValue List<String> accounts) {
    }

    /** All our bank accounts; what is no account number is left out. */
    Set<String> ownAccounts() {
        return ownCompanies.stream().flatMap(company -> company.accounts().stream()).map(String::strip)
                .filter(account -> account.matches("\\d{20}")).collect(Collectors.toUnmodifiableSet());
    }
}
