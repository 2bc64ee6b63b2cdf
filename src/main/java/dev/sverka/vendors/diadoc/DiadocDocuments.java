package dev.sverka.vendors.diadoc;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a document of what Diadoc shows of it (diadoc.md sections 9.1 and 10). */
final class DiadocDocuments {

    /** By {@code TypeNamedId}; what is not here is of another kind. */
    private static final Map<String, EdoKind> KINDS = Map.ofEntries(Map.entry("Contract", EdoKind.CONTRACT),
            Map.entry("SupplementaryAgreement", EdoKind.SUPPLEMENTARY_AGREEMENT),
            Map.entry("AcceptanceCertificate", EdoKind.ACT), Map.entry("XmlAcceptanceCertificate", EdoKind.ACT),
            Map.entry("PerformedWorkAcceptanceCertificate", EdoKind.ACT),
            Map.entry("UniversalTransferDocument", EdoKind.UPD),
            Map.entry("UniversalTransferDocumentRevision", EdoKind.UPD),
            Map.entry("UniversalCorrectionDocument", EdoKind.CORRECTION),
            Map.entry("UniversalCorrectionDocumentRevision", EdoKind.CORRECTION),
            Map.entry("Invoice", EdoKind.VAT_INVOICE), Map.entry("InvoiceRevision", EdoKind.VAT_INVOICE),
            Map.entry("InvoiceCorrection", EdoKind.CORRECTION),
            Map.entry("InvoiceCorrectionRevision", EdoKind.CORRECTION),
            Map.entry("ProformaInvoice", EdoKind.BILL), Map.entry("XmlProformaInvoice", EdoKind.BILL),
            Map.entry("ReconciliationAct", EdoKind.RECONCILIATION), Map.entry("Torg12", EdoKind.WAYBILL),
            Map.entry("XmlTorg12", EdoKind.WAYBILL));

    /** Where a sum stands, by type (section 9.1). */
    private static final List<String> SUMS = List.of("TotalSum", "ContractPrice");

    /**
     * Who has to do with a document.
     *
     * @param ownInn of the box's organisation
     * @param signer name of who signed last
     * @param tests whether all that is read is made up
     */
    record Parties(@Nullable String ownInn, Counterparty counterparty, @Nullable String signer, boolean tests) {
    }

    private DiadocDocuments() {
    }

    static EdoDocument read(String source, DiadocId id, JsonNode flat, DiadocDocflow docflow, Parties parties,
            Instant readAt) {
        DiadocStates.Read read = withParties(DiadocStates.read(flat, docflow.isDraft()), docflow.parties());
        Set<EdoFlag> flags = EnumSet.noneOf(EdoFlag.class);
        flags.addAll(read.flags());
        mark(flags, EdoFlag.DELETED_LOCALLY, flat.path("IsDeleted").asBoolean(false));
        mark(flags, EdoFlag.TEST, flat.path("IsTest").asBoolean(false) && !parties.tests());
        EdoState standing = read.underlying() != null ? read.underlying() : read.state();
        boolean signed = standing == EdoState.SIGNED || standing == EdoState.PARTLY_SIGNED;
        mark(flags, EdoFlag.UNQUALIFIED_SIGNATURE, signed && docflow.unqualified());
        String type = text(flat, "TypeNamedId").isEmpty() ? text(flat, "DocumentType") : text(flat, "TypeNamedId");
        String number = field(flat, "DocumentNumber");
        String told = field(flat, "DocumentDate");
        LocalDate date = told == null ? null : DiadocTime.day(told);
        Long amount = amount(flat);
        String ours = absentIfEmpty(text(flat, "CustomDocumentId"));
        String signedBy = signed ? parties.signer() : null;
        Instant signedAt = signed ? docflow.signedAt() : null;
        String reason = reason(read.state(), flat, docflow);
        // who signed and when may come later than the state: the first reading is brief, and the document changes no more
        String version = Fingerprint.ofParts(flat.path("LastModificationTimestampTicks").asLong(0), read.state(),
                read.underlying(), told(read), flags, number, date, amount, ours, type,
                reason, parties.counterparty().inn(), signedBy, signedAt);
        return new EdoDocument(source, id.toString(), ours, null, version, kind(type, flat), type, number, date, amount,
                parties.ownInn(), parties.counterparty(), direction(flat), read.state(), read.words(),
                read.underlying(), Collections.unmodifiableSet(flags), reason, signedBy, signedAt, null,
                DiadocTime.instant(flat.path("LastModificationTimestampTicks")), readAt, List.of());
    }

    /** Of more than two parties the docflow knows better than the flat fields (section 10, rows 4, 6 and 7). */
    private static DiadocStates.Read withParties(DiadocStates.Read read, @Nullable EdoState parties) {
        Set<EdoState> open = EnumSet.of(EdoState.SENT, EdoState.DELIVERED, EdoState.PARTLY_SIGNED, EdoState.SIGNED);
        EdoState standing = read.underlying() != null ? read.underlying() : read.state();
        if (parties == null || standing == null || !open.contains(standing)
                || read.flags().contains(EdoFlag.WITH_DISCREPANCIES)) {
            return read;
        }
        Set<EdoFlag> flags = EnumSet.noneOf(EdoFlag.class);
        flags.addAll(read.flags());
        flags.remove(EdoFlag.OTHERS_DUE);
        mark(flags, EdoFlag.OTHERS_DUE, parties == EdoState.PARTLY_SIGNED);
        return read.underlying() != null ? new DiadocStates.Read(read.state(), parties, flags, read.words())
                : new DiadocStates.Read(parties, null, flags, read.words());
    }

    /** Of an unknown state or an error the words themselves count as a change. */
    private static String told(DiadocStates.Read read) {
        return read.state() == null || read.state() == EdoState.ERROR ? read.words() : "";
    }

    private static void mark(Set<EdoFlag> flags, EdoFlag flag, boolean on) {
        if (on) {
            flags.add(flag);
        }
    }

    private static @Nullable String reason(@Nullable EdoState state, JsonNode flat, DiadocDocflow docflow) {
        if (state == EdoState.REJECTED) {
            return absentIfEmpty(docflow.rejection() == null ? "" : docflow.rejection());
        }
        if (state == EdoState.REVOCATION_REQUESTED) {
            return docflow.revocation();
        }
        return state == EdoState.ERROR
                ? absentIfEmpty(text(flat, "RoamingNotificationStatusDescription")) : null;
    }

    /** A УПД that is a VAT invoice only has nothing to sign. */
    private static EdoKind kind(String type, JsonNode flat) {
        EdoKind kind = KINDS.getOrDefault(type, EdoKind.OTHER);
        return kind == EdoKind.UPD && text(flat, "Function").equals("СЧФ") ? EdoKind.VAT_INVOICE : kind;
    }

    private static Direction direction(JsonNode flat) {
        return switch (DiadocStates.word("DocumentDirection", text(flat, "DocumentDirection"))) {
            case "inbound" -> Direction.INCOMING;
            case "internal" -> Direction.INTERNAL;
            default -> Direction.OUTGOING;
        };
    }

    /** The metadata first, the deprecated field of the same name else. */
    private static @Nullable String field(JsonNode flat, String name) {
        String told = metadata(flat, name);
        return absentIfEmpty(told.isEmpty() ? text(flat, name) : told);
    }

    private static String metadata(JsonNode flat, String key) {
        for (JsonNode one : flat.path("Metadata").values()) {
            if (text(one, "Key").equals(key)) {
                return text(one, "Value");
            }
        }
        return "";
    }

    private static @Nullable Long amount(JsonNode flat) {
        for (String key : SUMS) {
            String told = metadata(flat, key);
            if (!told.isEmpty()) {
                return kopecks(told);
            }
        }
        for (Map.Entry<String, JsonNode> one : flat.properties()) {
            if (one.getKey().endsWith("Metadata") && one.getValue().has("Total")) {
                return kopecks(text(one.getValue(), "Total"));
            }
        }
        return null;
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
