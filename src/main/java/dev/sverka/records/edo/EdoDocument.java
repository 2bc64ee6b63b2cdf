package dev.sverka.records.edo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One document between us and a counterparty, as an EDO provider shows it now.
 *
 * @param source the account at the provider that told it, such as {@code diadoc.main}
 * @param id the provider's id, one text that the same account takes back in {@code get}; at most 120 characters
 * @param ours the mark that our own side gave it when it was made through an interface: the best thing to match by
 * @param revision the provider's id of the revision that counts; null where it has none
 * @param version another one for every change that is told
 * @param kind what it is
 * @param typeName the provider's own word for what it is
 * @param number as its sender wrote it; null where it has none
 * @param date of the document, not of its sending
 * @param amount kopecks with VAT; null where it states none, or in a form that is no sum
 * @param ownInn ИНН of the legal entity of ours whose document it is; null where the provider does not say
 * @param counterparty the other side; of several the first
 * @param direction seen from us
 * @param state null where the provider says something that this version does not know: keep what was known
 * @param providerState the provider's own words or codes that the state was read from, for people and for support
 * @param underlying what it is apart from a proposal to annul it; null unless {@code state} is such a proposal
 * @param flags what the state alone does not say
 * @param reason in the counterparty's words, of a rejection, an error, or a proposal to annul; null where none is given
 * @param signedBy who signed on the other side: a person where the provider names one, else the organisation
 * @param signedAt when, as the provider states it
 * @param link page of the document for people; null where the provider gives none
 * @param changedAt the provider's time of its last change; null where it keeps none
 * @param readAt just before it was asked for
 * @param labels what the papers bundled in it call themselves, where the provider shows them apart
 */
public record EdoDocument(String source, String id, @Nullable String ours, @Nullable String revision, String version,
        EdoKind kind, String typeName, @Nullable String number, @Nullable LocalDate date, @Nullable Long amount,
        @Nullable String ownInn, Counterparty counterparty, Direction direction, @Nullable EdoState state,
        String providerState, @Nullable EdoState underlying, Set<EdoFlag> flags, @Nullable String reason,
        @Nullable String signedBy, @Nullable Instant signedAt, @Nullable String link, @Nullable Instant changedAt,
        Instant readAt, List<Label> labels) {

    /** What was kept before there were labels has none. */
    public EdoDocument {
        labels = labels == null ? List.of() : List.copyOf(labels);
    }

    /** One paper of several in a document: its own number, date and kopecks; absent parts are null. */
    public record Label(@Nullable String number, @Nullable LocalDate date, @Nullable Long amount) {
    }

    /** Seen from us. */
    public enum Direction {
        INCOMING, OUTGOING,
        /** Between parts of one of our organisations. */
        INTERNAL
    }

    /**
     * The other side; absent parts are null.
     *
     * @param inn 10 or 12 digits, leading zeros kept
     */
    public record Counterparty(@Nullable String inn, @Nullable String kpp, @Nullable String name) {
    }
}
