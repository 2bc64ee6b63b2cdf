package dev.sverka.flows.payments;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How far the machine may go. @param mode see {@link Mode} */
@ConfigurationProperties("sverka.payments")
record PaymentsProperties(@DefaultValue("shadow") Mode mode) {

    /** Shadow: every decision waits for a person's yes. Automatic: what admits one reading is written. */
    enum Mode { SHADOW, AUTOMATIC }
}
