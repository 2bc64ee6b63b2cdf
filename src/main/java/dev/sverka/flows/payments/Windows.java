package dev.sverka.flows.payments;

import dev.sverka.flows.payments.Operations.Known;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds what is known of some days against all that the bank showed of them: operations that go by another id now, that
 * the bank has withdrawn, or that it shows again (tbank.md section 6). Joins the running transaction.
 */
final class Windows {

    /** So many may vanish at once without a person: more than this and more than a tenth of what is known asks. */
    private static final int FEW = 3;
    private static final int SHARE = 10;

    private final Operations operations;
    private final JdbcClient jdbc;

    Windows(Operations operations, JdbcClient jdbc) {
        this.operations = operations;
        this.jdbc = jdbc;
    }

    /**
     * What a window says of what is known.
     *
     * @param withdrawn the bank shows them no longer, under any id
     * @param again the bank shows them again
     * @param doubles taken for new though they are known ones under new ids; their ids are the known ones' now
     * @param known how many operations of these days were known
     */
    record Findings(List<Long> withdrawn, List<Long> again, List<Long> doubles, int known) {

        /** Whether so many vanish that a fault of the bank is likelier than their withdrawal. */
        boolean isMany() {
            return withdrawn.size() > FEW && withdrawn.size() * SHARE > known;
        }
    }

    /**
     * Keeps a part of a window.
     *
     * @return the whole one's rows by id once its last part has come; empty until then
     */
    Optional<Map<String, String>> collect(StatementWindow part) {
        if (part.parts() <= 1) {
            return Optional.of(rows(part));
        }
        jdbc.sql("delete from window_row where window_id = ? and part = ?").params(part.id(), part.part()).update();
        rows(part).forEach((id, fingerprint) -> jdbc.sql("""
                insert into window_row (window_id, part, operation_id, fingerprint) values (?, ?, ?, ?)""")
                .params(part.id(), part.part(), id, fingerprint).update());
        if (part.part() < part.parts()) {
            return Optional.empty();
        }
        Map<String, String> whole = new LinkedHashMap<>();
        Set<Integer> parts = new LinkedHashSet<>();
        jdbc.sql("select operation_id, fingerprint, part from window_row where window_id = ?").param(part.id())
                .query(row -> {
                    whole.put(row.getString(1), row.getString(2));
                    parts.add(row.getInt(3));
                });
        jdbc.sql("delete from window_row where window_id = ?").param(part.id()).update();
        // a part that a person dismissed leaves a window that proves nothing
        return parts.size() == part.parts() ? Optional.of(whole) : Optional.empty();
    }

    private static Map<String, String> rows(StatementWindow part) {
        return part.seen().stream().collect(Collectors.toMap(StatementWindow.Seen::operationId,
                StatementWindow.Seen::fingerprint, (one, same) -> one, LinkedHashMap::new));
    }

    /** @param shown all that the bank showed, fingerprints by id */
    Findings compare(StatementWindow window, Map<String, String> shown) {
        Map<Long, List<Known>> known = operations.known(window).stream()
                .collect(Collectors.groupingBy(Known::id, LinkedHashMap::new, Collectors.toList()));
        Set<Long> present = new LinkedHashSet<>();
        known.forEach((id, names) -> {
            if (names.stream().anyMatch(name -> isShown(name, shown))) {
                present.add(id);
            }
        });
        List<Long> again = present.stream().filter(id -> known.get(id).get(0).withdrawn()).toList();
        List<Long> withdrawn = new ArrayList<>();
        Set<Long> doubles = new LinkedHashSet<>();
        known.forEach((id, names) -> {
            Known missing = names.get(0);
            if (present.contains(id) || missing.withdrawn() || missing.kept() || renamed(window, shown, missing)) {
                return;
            }
            // what a person decided on stands as it is, in place of the one that is gone
            Optional<Long> twin = present.stream().filter(other -> other > id && !doubles.contains(other))
                    .filter(other -> !known.get(other).get(0).byPerson())
                    .filter(other -> isSame(missing, known.get(other).get(0))).findFirst();
            twin.ifPresentOrElse(other -> {
                doubles.add(other);
                operations.merge(other, id);
            }, () -> withdrawn.add(id));
        });
        return new Findings(withdrawn, again, List.copyOf(doubles), known.size());
    }

    /** By its id, or by the bank's own id where we set it beside another movement under that one. */
    private static boolean isShown(Known name, Map<String, String> shown) {
        String plain = BankOperation.plainId(name.sourceId());
        return shown.containsKey(name.sourceId())
                || name.fingerprint() != null && name.fingerprint().equals(shown.get(plain));
    }

    /** Whether an id that is not known yet stands for it: its news is still under way. */
    private boolean renamed(StatementWindow window, Map<String, String> shown, Known missing) {
        Optional<String> id = shown.entrySet().stream()
                .filter(one -> one.getValue().equals(missing.fingerprint())
                        && !operations.isKnown(window.source(), one.getKey()))
                .map(Map.Entry::getKey).findFirst();
        id.ifPresent(one -> operations.alias(window.source(), one, missing.id()));
        return id.isPresent();
    }

    private static boolean isSame(Known missing, Known other) {
        return missing.fingerprint() != null && missing.fingerprint().equals(other.fingerprint())
                && Math.abs(missing.bookedOn().toEpochDay() - other.bookedOn().toEpochDay()) <= 1;
    }
}
