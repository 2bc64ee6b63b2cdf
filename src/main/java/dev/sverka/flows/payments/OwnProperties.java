package dev.sverka.flows.payments;

import dev.sverka.flows.matching.Own;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who we are.
 *
 * @param ownCompanies our legal entities
 * @param banks the banks that serve us
 */
@ConfigurationProperties("sverka")
record OwnProperties(@DefaultValue List<Company> ownCompanies, @DefaultValue List<Bank> banks) {

    /** @param accounts bank accounts, 20 digits each */
    record Company(String inn, @Nullable String name, @DefaultValue List<String> accounts) {
    }

    record Bank(String inn, @Nullable String name) {
    }

    Own own() {
        return new Own(ownCompanies.stream().map(one -> new Own.Company(one.inn(), one.name(), one.accounts())).toList(),
                banks.stream().map(one -> new Own.Bank(one.inn(), one.name())).toList());
    }
}
