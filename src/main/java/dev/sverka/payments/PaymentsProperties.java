package dev.sverka.payments;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who we are, and how far the machine may go.
 *
 * @param ownCompanies our legal entities
 * @param payments see {@link Mode}
 */
@ConfigurationProperties("sverka")
record PaymentsProperties(@DefaultValue List<OwnCompany> ownCompanies, @DefaultValue Payments payments) {

    /** @param accounts bank accounts, 20 digits each */
    record OwnCompany(String inn, @Nullable String kpp, @Nullable String name, @DefaultValue List<String> accounts) {
    }

    record Payments(@DefaultValue("shadow") Mode mode) {
    }

    /** Shadow: every decision waits for a person's yes. Automatic: what admits one reading is written. */
    enum Mode { SHADOW, AUTOMATIC }

    /** Which of our companies has the account. */
    Optional<OwnCompany> owner(String bankAccount) {
        return ownCompanies.stream().filter(company -> company.accounts().contains(bankAccount)).findFirst();
    }
}
