package dev.sverka.flows.payments;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How far the machine may go. @param mode see {@link Mode}; @param history see {@link History} */
@ConfigurationProperties("sverka.payments")
record PaymentsProperties(@DefaultValue("shadow") Mode mode, @DefaultValue("ask") History history) {

    /** Shadow: every decision waits for a person's yes. Automatic: what admits one reading is written. */
    enum Mode { SHADOW, AUTOMATIC }

    /** What becomes of operations older than the first start: a person is asked, or they are decided as any other. */
    enum History { ASK, DECIDE }
}
