package dev.sverka.vendors.saby;

import dev.sverka.core.connector.Fingerprint;
import dev.sverka.records.edo.EdoDocument.Counterparty;
import dev.sverka.records.edo.EdoDocument.Direction;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoKind;
import dev.sverka.records.edo.EdoState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a document of what the provider shows of it (saby.md sections 6 and 8). */
final class SabyDocuments {

    private static final String ACCEPTED = "Уведомление о приеме";
    private static final String REFUSED = "Уведомление об уточнении";
    private static final String REVOCATION_CAME = "Получение соглашения об аннулировании";
    private static final String YES = "Да";
    private static final String INCOMING = "Входящий";

    /** By {@code Тип} without its direction. */
    private static final Map<String, EdoKind> KINDS = Map.of("Договор", EdoKind.CONTRACT, "ДокОтгр", EdoKind.UPD,
            "Фактура", EdoKind.VAT_INVOICE, "Счет", EdoKind.BILL, "АктСвер", EdoKind.RECONCILIATION, "Корр",
            EdoKind.CORRECTION);

    private SabyDocuments() {
    }

    /** Whether it is an EDO document at all: reports to authorities come the same way (section 5). */
    static boolean isEdo(JsonNode document) {
        return Set.of("Исходящий", INCOMING).contains(text(document, "Направление"))
                && text(document, "Тип").matches(".*(Исх|Вх)") && !text(document, "Идентификатор").isEmpty();
    }

    /** Whether a record of it may be of one: what it does not say, the document itself does. */
    static boolean isPerhapsEdo(JsonNode record) {
        String direction = text(record, "Направление");
        String type = text(record, "Тип");
        return (direction.isEmpty() || Set.of("Исходящий", INCOMING).contains(direction))
                && (type.isEmpty() || type.matches(".*(Исх|Вх)")) && !text(record, "Идентификатор").isEmpty();
    }

    /** Whether the provider itself says that this is not all of it: it is to be read again. */
    static boolean isPartial(JsonNode document) {
        return text(document, "ЧастичныеДанные").equals(YES);
    }

    static EdoDocument read(String source, JsonNode document, Instant readAt) {
        boolean incoming = text(document, "Направление").equals(INCOMING);
        String code = text(document.path("Состояние"), "Код");
        List<JsonNode> events = currentEvents(document);
        SabyStates.Meaning meaning = SabyStates.of(code, incoming);
        EdoState state = meaning == null ? null : meaning.state();
        Set<EdoFlag> flags = EnumSet.noneOf(EdoFlag.class);
        flags.addAll(meaning == null ? Set.of() : meaning.flags());
        if (code.equals(SabyStates.SIGNED) && last(events, ACCEPTED) >= 0
                && last(events, REFUSED) > last(events, ACCEPTED)) {
            state = EdoState.PARTLY_SIGNED;
            flags.add(EdoFlag.WITH_DISCREPANCIES);
        }
        if (state == EdoState.DELIVERED && isInvoiceOnly(document)) {
            flags.remove(EdoFlag.OUR_ANSWER_DUE);
            flags.add(EdoFlag.NO_ANSWER_DUE);
        }
        if (state == EdoState.REVOCATION_REQUESTED && last(events, REVOCATION_CAME) < 0) {
            flags.add(EdoFlag.REVOCATION_BY_US);
        }
        if (text(document, "Удален").equals(YES)) {
            flags.add(EdoFlag.DELETED_LOCALLY);
        }
        return build(source, document, new Standing(incoming, state, code, flags, events), readAt);
    }

    private record Standing(boolean incoming, @Nullable EdoState state, String code, Set<EdoFlag> flags,
            List<JsonNode> events) {

        boolean isSigned() {
            return state == EdoState.SIGNED || state == EdoState.PARTLY_SIGNED
                    || state == EdoState.REVOCATION_REQUESTED;
        }
    }

    private static EdoDocument build(String source, JsonNode document, Standing standing, Instant readAt) {
        JsonNode revision = revision(document);
        Counterparty counterparty = party(document.path("Контрагент"));
        // an annulment of what is not approved goes another way, so below such a proposal lies a signature (section 7)
        EdoState underlying = standing.state() == EdoState.REVOCATION_REQUESTED ? EdoState.SIGNED : null;
        int accepted = last(standing.events(), ACCEPTED);
        Instant signedAt = standing.isSigned() && accepted >= 0
                ? SabyTime.instant(text(standing.events().get(accepted), "ДатаВремя")) : null;
        String signedBy = standing.isSigned() ? signer(document, standing.incoming(), counterparty) : null;
        String reason = reason(document, standing);
        String words = (standing.code() + " " + text(document.path("Состояние"), "Название")).strip();
        List<EdoDocument.Label> labels = labels(document);
        String number = absentIfEmpty(text(document, "Номер"));
        LocalDate date = SabyTime.day(text(document, "Дата"));
        Long amount = kopecks(text(document, "Сумма"));
        String ours = absentIfEmpty(text(revision, "ПримечаниеИС"));
        String revisionId = absentIfEmpty(text(revision, "Идентификатор"));
        String type = text(document, "Тип");
        String lastEvent = text(document.path("Событие").path(document.path("Событие").size() - 1), "Идентификатор");
        String version = Fingerprint.ofParts(standing.state(), standing.code(), standing.flags(), reason, number, date,
                amount, ours, revisionId, type, signedBy, signedAt, counterparty.inn(), lastEvent);
        return new EdoDocument(source, text(document, "Идентификатор"), ours, revisionId, version,
                KINDS.getOrDefault(type.replaceFirst("(Исх|Вх)$", ""), EdoKind.OTHER), type, number, date, amount,
                party(document.path("НашаОрганизация")).inn(), counterparty,
                standing.incoming() ? Direction.INCOMING : Direction.OUTGOING, standing.state(), words, underlying,
                Collections.unmodifiableSet(standing.flags()), reason, signedBy, signedAt,
                absentIfEmpty(text(document, "СсылкаДляНашаОрганизация")), null, readAt, labels);
    }

    /** The current one; events and marks of older ones count no more (section 8). */
    private static JsonNode revision(JsonNode document) {
        JsonNode found = document.path("Редакция").path(0);
        for (JsonNode one : document.path("Редакция").values()) {
            found = text(one, "Актуален").equals(YES) ? one : found;
        }
        return found;
    }

    /** Those of the current revision, as far as times tell; of a document without revisions all. */
    private static List<JsonNode> currentEvents(JsonNode document) {
        List<JsonNode> events = List.copyOf(document.path("Событие").values());
        Instant since = document.path("Редакция").size() < 2 ? null
                : SabyTime.instant(text(revision(document), "ДатаВремя"));
        return since == null ? events : events.stream().filter(one -> {
            Instant at = SabyTime.instant(text(one, "ДатаВремя"));
            return at == null || !at.isBefore(since);
        }).toList();
    }

    /** A file of a document. @param link good for about a month (section 4) */
    record SabyFile(String name, String link) {
    }

    /** The first paper that is no receipt, as its sender signed it; null where the provider gives none. */
    static @Nullable SabyFile file(JsonNode document) {
        String direction = text(document, "Направление");
        return document.path("Вложение").valueStream().filter(one -> !text(one, "Служебный").equals(YES)
                        && !text(one, "Удален").equals(YES) && !text(one.path("Файл"), "Ссылка").isEmpty())
                .min(Comparator.comparing(one -> !text(one, "Направление").equals(direction)))
                .map(one -> new SabyFile(text(one.path("Файл"), "Имя").isEmpty() ? "document"
                        : text(one.path("Файл"), "Имя"), text(one.path("Файл"), "Ссылка"))).orElse(null);
    }

    /** What the papers in it call themselves: one document may bundle several (section 9). */
    private static List<EdoDocument.Label> labels(JsonNode document) {
        return document.path("Вложение").valueStream().filter(one -> !text(one, "Служебный").equals(YES)
                && !text(one, "Удален").equals(YES) && !text(one, "Номер").isEmpty()).map(one ->
                new EdoDocument.Label(absentIfEmpty(text(one, "Номер")), SabyTime.day(text(one, "Дата")),
                        kopecks(text(one, "Сумма")))).distinct().toList();
    }

    /** Nobody signs an invoice without an act in it. */
    private static boolean isInvoiceOnly(JsonNode document) {
        return text(document, "Тип").startsWith("Фактура")
                || document.path("Вложение").values().stream().anyMatch(one -> text(one, "Тип").equals("УпдСчф"));
    }

    private static int last(List<JsonNode> events, String name) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (text(events.get(i), "Название").equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable String reason(JsonNode document, Standing standing) {
        if (standing.state() == null) {
            return null;
        }
        String remark = text(document.path("Состояние"), "Примечание");
        return switch (standing.state()) {
            case REJECTED -> absentIfEmpty(comment(standing.events(), REFUSED, remark));
            case REVOCATION_REQUESTED -> absentIfEmpty(comment(standing.events(), REVOCATION_CAME, remark));
            case ERROR -> absentIfEmpty(remark.isEmpty() ? text(document.path("Состояние"), "Описание") : remark);
            default -> null;
        };
    }

    private static String comment(List<JsonNode> events, String name, String otherwise) {
        int at = last(events, name);
        String comment = at < 0 ? "" : text(events.get(at), "Комментарий");
        return comment.isEmpty() ? otherwise : comment;
    }

    /** The other side's answer title, else its signature beside ours; its name where neither names a person. */
    private static @Nullable String signer(JsonNode document, boolean incoming, Counterparty counterparty) {
        for (JsonNode one : document.path("Вложение").values()) {
            List<JsonNode> signatures = List.copyOf(one.path("Подпись").values());
            boolean theirs = text(one, "Направление").equals(INCOMING);
            boolean answered = theirs || signatures.size() > 1;
            if (!text(one, "Служебный").equals(YES) && !signatures.isEmpty() && answered) {
                int which = incoming || theirs ? 0 : signatures.size() - 1;
                String person = text(signatures.get(which).path("Сертификат"), "ФИО");
                return person.isEmpty() ? counterparty.name() : person;
            }
        }
        return counterparty.name();
    }

    private static Counterparty party(JsonNode told) {
        JsonNode person = told.path("СвФЛ");
        JsonNode one = told.has("СвЮЛ") ? told.path("СвЮЛ") : person;
        String name = Stream.of("Название", "НазваниеПолное").map(field -> text(one, field))
                .filter(text -> !text.isEmpty()).findFirst().orElseGet(() -> Stream.of("Фамилия", "Имя", "Отчество")
                        .map(field -> text(person, field)).filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" ")));
        return new Counterparty(absentIfEmpty(text(one, "ИНН")), absentIfEmpty(text(one, "КПП")), absentIfEmpty(name));
    }

    private static @Nullable Long kopecks(String told) {
        try {
            return new BigDecimal(told.replace(',', '.')).setScale(2, RoundingMode.UNNECESSARY).movePointRight(2)
                    .longValueExact();
        } catch (NumberFormatException | ArithmeticException noSum) {
            return null;
        }
    }

    private static @Nullable String absentIfEmpty(String value) {
        return value.isEmpty() ? null : value;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("").strip();
    }
}
