package dev.sverka.flows.paperwork;

import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import dev.sverka.flows.paperwork.VersionBook.Version;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionOperations;

/** The steps of versions, each safe to repeat. Routes call them as {@code bean:versions?method=…}. */
@FlowSteps
public class Versions {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm");
    /** Words of «Вид» whose history is kept: what is agreed by contract. */
    private static final Set<String> CONTRACTS = Set.of("Договор", "Приложение", "Доп. соглашение");
    /** The way of an item, and what is written by the daemon: not what was agreed. */
    private static final Set<String> NOT_AGREED = Set.of("id", "entity", "updatedTime", "updatedBy", "pipeline", "stage",
            "semantics", "movedBy", "movedTime", "movedByRobot", "missing", "xmlId", "originId", "assignee", "version",
            "edoState", "edoLink", "edoProvider", "signedBy", "signedAt", "hash");
    private static final int LONGEST_VALUE = 200;
    private static final String NUMBER = "number";
    /** The key of the file in all entities whose versions are kept. */
    private static final String FILE = "file";

    private final TransactionOperations transactions;
    private final VersionBook book;
    private final VersionFiles files;
    private final Declared<Portal> portal;
    private final boolean russian;
    private final ZoneId zone;
    private final Clock clock;

    Versions(TransactionOperations transactions, VersionBook book, VersionFiles files, Declared<Portal> portal,
            Locale locale, ZoneId zone, Clock clock) {
        this.transactions = transactions;
        this.book = book;
        this.files = files;
        this.portal = portal;
        this.russian = !locale.getLanguage().equals("en");
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * Keeps a version of an item where it is another one than the last.
     *
     * @param item as just read from the portal
     * @return {@code {id, entity, number, user}}: the version that its timeline has yet to tell of, and who made it;
     *     {@code number} is null for none; {@code fetch} with {@code field} and {@code present} where its file is not
     *     kept yet
     */
    public Map<String, Object> seen(Map<String, Object> item) {
        String entity = String.valueOf(item.get("entity"));
        long id = PaperItem.number(item.get("id"));
        Map<String, Object> result = new LinkedHashMap<>(Map.of("id", id, "entity", entity));
        if (Boolean.TRUE.equals(item.get("deleted")) || entity.equals(PaperStage.DOCUMENT)
                && !CONTRACTS.contains(String.valueOf(item.get("kind")))) {
            return result;
        }
        return Objects.requireNonNull(transactions.execute(status -> {
            Map<String, String> content = content(item);
            Optional<Version> last = book.last(entity, id);
            Instant at = item.get("updatedTime") == null ? clock.instant()
                    : Instant.parse(item.get("updatedTime").toString());
            Long by = item.get("updatedBy") == null ? null : Long.valueOf(PaperItem.number(item.get("updatedBy")));
            Version present = last.orElse(null);
            if (present == null) {
                present = new Version(1, at, by, content, Map.of(), true);
                book.add(entity, id, present);
                fetch(result, entity, id, present);
                return result;
            }
            Map<String, List<String>> changes = VersionBook.differences(present.content(), content);
            // what cannot be read of the portal now is no change
            changes.keySet().removeIf(key -> item.get("missing") instanceof Collection<?> missing
                    && missing.contains(entity + ".field." + key));
            if (!changes.isEmpty() && !at.isBefore(present.at())) {
                present = new Version(present.number() + 1, at, by, content, changes, false);
                book.add(entity, id, present);
            }
            fetch(result, entity, id, present);
            if (!present.told()) {
                result.put(NUMBER, present.number());
                result.put("user", present.by());
            }
            return result;
        }));
    }

    /** A file that an earlier version has had is not fetched again. */
    private void fetch(Map<String, Object> result, String entity, long id, Version present) {
        String file = present.content().get(FILE);
        if (file == null || files.of(entity, id, present.number()).isPresent()) {
            return;
        }
        Optional<VersionFiles.Kept> known = files.known(entity, id, file);
        if (known.isPresent()) {
            files.keep(entity, id, new VersionFiles.Kept(present.number(), file, known.get().name(),
                    known.get().size(), known.get().hash(), null));
        } else {
            result.put("fetch", entity);
            result.put("field", FILE);
            result.put("present", present.number());
        }
    }

    /**
     * Keeps the file of the present version as it was fetched.
     *
     * @param version as {@link #seen} answered
     * @param fetched {@code {file, name, size, content}} as the portal holds it now; without {@code content} where it is
     *     too large, without {@code file} where there is none
     */
    public void keep(Map<String, Object> version, Map<String, Object> fetched) {
        String entity = String.valueOf(version.get("entity"));
        long id = PaperItem.number(version.get("id"));
        int number = (int) PaperItem.number(version.get("present"));
        transactions.executeWithoutResult(status -> {
            Version present = book.last(entity, id).orElseThrow();
            String file = present.content().get(FILE);
            if (present.number() != number || file == null || files.of(entity, id, number).isPresent()) {
                return;
            }
            boolean same = file.equals(PaperItem.text(fetched.get("file")));
            byte[] content = same && fetched.get("content") instanceof byte[] bytes
                    && bytes.length <= VersionFiles.LARGEST ? bytes : null;
            String why = content != null ? null : same ? "large" : fetched.get("file") == null ? "gone" : "changed";
            files.keep(entity, id, new VersionFiles.Kept(number, file, same ? Objects.toString(fetched.get("name"),
                    file) : file, fetched.get("size") instanceof Number size && same ? size.longValue() : 0,
                    content == null ? null : files.store(content), why));
        });
    }

    /** The agreed fields as text, in one order. */
    private static Map<String, String> content(Map<String, Object> item) {
        Map<String, String> content = new TreeMap<>();
        item.forEach((key, value) -> {
            if (!NOT_AGREED.contains(key) && value != null) {
                content.put(key, value instanceof BigDecimal sum ? sum.stripTrailingZeros().toPlainString()
                        : value.toString());
            }
        });
        return content;
    }

    /**
     * What the timeline tells of a version.
     *
     * @param version as {@link #seen} answered
     * @param user who made it, as read from the portal
     * @return {@code {id, text, marker, fields}}
     */
    public Map<String, Object> comment(Map<String, Object> version, Map<String, Object> user) {
        String entity = String.valueOf(version.get("entity"));
        long id = PaperItem.number(version.get("id"));
        int number = (int) PaperItem.number(version.get(NUMBER));
        Version told = book.of(entity, id).stream().filter(one -> one.number() == number).findFirst().orElseThrow();
        String who = (Objects.toString(user.get("name"), "") + " " + Objects.toString(user.get("lastName"), "")).strip();
        String text = (russian ? "Версия " : "Version ") + number + ", " + MOMENT.format(told.at().atZone(zone))
                + (who.isEmpty() ? "" : ", " + who) + ": " + told.changes().entrySet().stream()
                .map(one -> label(entity, one.getKey()) + " «" + cut(one.getValue().get(0)) + "» → «"
                        + cut(one.getValue().get(1)) + "»").collect(Collectors.joining("; "));
        String marker = "sverka:version:main:" + entity.charAt(0) + id + "-" + number;
        return Map.of("id", id, "text", text + "\n" + marker, "marker", marker, "fields",
                entity.equals(PaperStage.ACT) ? Map.of() : Map.of("version", number));
    }

    private String label(String entity, String key) {
        return portal.get().entity(entity).map(one -> one.fields().get(key)).map(Portal.Field::label).orElse(
                switch (key) {
                    case "title" -> russian ? "Название" : "Title";
                    case "amount" -> russian ? "Сумма" : "Sum";
                    case "begin" -> russian ? "Начало" : "Begin";
                    case "end" -> russian ? "Завершение" : "End";
                    case "company" -> russian ? "Компания" : "Company";
                    case "deal" -> russian ? "Сделка" : "Deal";
                    default -> key;
                });
    }

    private static String cut(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }

    /** The timeline tells of it. @param version as {@link #seen} answered */
    public void told(Map<String, Object> version) {
        transactions.executeWithoutResult(status -> book.told(String.valueOf(version.get("entity")),
                PaperItem.number(version.get("id")), (int) PaperItem.number(version.get(NUMBER))));
    }
}
