package dev.sverka.flows.payments;

import dev.sverka.flows.matching.NumberKeys;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a payment's papers, reduced to what every spelling of them that the matcher accepts has in common: by
 * these a payment that is paid already is found where a purpose may name it, without all others being read.
 */
final class PaperKeys {

    private PaperKeys() {
    }

    static Set<String> of(@Nullable String number, @Nullable LocalDate date, Map<String, Object> details) {
        Set<String> keys = new TreeSet<>();
        add(keys, number, date);
        add(keys, PortalItem.text(details.get("contractNumber")), Facts.day(details.get("contractDate")));
        for (String list : List.of("actNumbers", "orderNumbers")) {
            Facts.texts(details.get(list)).forEach(one -> add(keys, one, null));
        }
        return keys;
    }

    private static void add(Set<String> keys, @Nullable String number, @Nullable LocalDate date) {
        if (number != null) {
            keys.addAll(NumberKeys.of(number, date));
        }
    }
}
