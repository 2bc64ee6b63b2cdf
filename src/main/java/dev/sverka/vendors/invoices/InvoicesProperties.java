package dev.sverka.vendors.invoices;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** {@code sverka.invoices.<account>.*}. @param invoices drop folders by short name */
@ConfigurationProperties("sverka")
record InvoicesProperties(@DefaultValue Map<String, Account> invoices) {

    /** @param folder where files are dropped; relative to the home where it is no absolute path */
    record Account(@Nullable String folder) {

        boolean isOn() {
            return folder != null && !folder.isBlank();
        }
    }
}
