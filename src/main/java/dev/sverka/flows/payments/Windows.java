package dev.sverka.flows.payments;

import dev.sverka.flows.payments.Ledger.Known;
import dev.sverka.records.bank.StatementWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds what is known of some days against all that the bank showed of them: operations that go by another id now, that
 * the bank has withdrawn, or that it shows again (tbank.md section 6). Joins the running transaction.
 */
final class Windows {

    private final Ledger ledger;

    Windows(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What a window says of what is known.
     *
     * @param withdrawn the bank shows them no longer, under any id
     * @param again the bank shows them again
     * @param doubles taken for new though they are known ones under new ids; their ids are the known ones' now
     */
    record Findings(List<Long> withdrawn, List<Long> again, List<Long> doubles) {
    }

    Findings compare(StatementWindow window) {
        Map<String, String> shown = window.seen().stream().collect(Collectors.toMap(
                StatementWindow.Seen::operationId, StatementWindow.Seen::fingerprint, (one, same) -> one, LinkedHashMap::new));
        Map<Long, List<Known>> known = ledger.known(window).stream()
                .collect(Collectors.groupingBy(Known::id, LinkedHashMap::new, Collectors.toList()));
        Set<Long> present = new LinkedHashSet<>();
        known.forEach((id, names) -> {
            if (names.stream().anyMatch(name -> shown.containsKey(name.sourceId()))) {
                present.add(id);
            }
        });
        List<Long> again = present.stream().filter(id -> known.get(id).get(0).withdrawn()).toList();
        List<Long> withdrawn = new ArrayList<>();
        Set<Long> doubles = new LinkedHashSet<>();
        known.forEach((id, names) -> {
            Known missing = names.get(0);
            if (present.contains(id) || missing.withdrawn() || renamed(window, shown, missing)) {
                return;
            }
            // what a person decided on stands as it is, in place of the one that is gone
            Optional<Long> twin = present.stream().filter(other -> other > id && !doubles.contains(other))
                    .filter(other -> !known.get(other).get(0).byPerson())
                    .filter(other -> isSame(missing, known.get(other).get(0))).findFirst();
            twin.ifPresentOrElse(other -> {
                doubles.add(other);
                ledger.merge(other, id);
            }, () -> withdrawn.add(id));
        });
        return new Findings(withdrawn, again, List.copyOf(doubles));
    }

    /** Whether an id that is not known yet stands for it: its news is still under way. */
    private boolean renamed(StatementWindow window, Map<String, String> shown, Known missing) {
        Optional<String> id = shown.entrySet().stream()
                .filter(one -> one.getValue().equals(missing.fingerprint()) && !ledger.isKnown(window.source(), one.getKey()))
                .map(Map.Entry::getKey).findFirst();
        id.ifPresent(one -> ledger.alias(window.source(), one, missing.id()));
        return id.isPresent();
    }

    private static boolean isSame(Known missing, Known other) {
        return missing.fingerprint() != null && missing.fingerprint().equals(other.fingerprint())
                && Math.abs(missing.bookedOn().toEpochDay() - other.bookedOn().toEpochDay()) <= 1;
    }
}
