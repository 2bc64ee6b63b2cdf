package dev.sverka.flows.paperwork;

import dev.sverka.core.connector.Fingerprint;
import dev.sverka.flows.paperwork.PaperMove.Agreed;
import dev.sverka.flows.paperwork.PaperTies.Told;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoState;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a paper means for its item on the portal: absolute values, so that repeating changes nothing. Pure.
 *
 * @param fields that differ from what the item holds
 * @param said what is told in its timeline; empty for nothing
 * @param notifies whether its responsible person is told too
 * @param marker of what is told, one for each change of state
 * @param next what the item has been told once this is written
 */
record PaperChange(Map<String, Object> fields, Optional<String> said, boolean notifies, String marker, Told next,
        boolean contradicts) {

    private static final Set<EdoState> NOTIFIED = EnumSet.of(EdoState.SIGNED, EdoState.REJECTED, EdoState.REVOKED,
            EdoState.REVOCATION_REQUESTED, EdoState.ERROR);
    private static final int MARKER = 40;

    /** @param item as just read @param told what it was told last */
    static PaperChange of(PaperBook.Row row, String entity, Map<String, Object> item, Told told, PaperWords words) {
        EdoDocument paper = row.paper();
        EdoState state = Objects.requireNonNull(paper.state());
        EdoState before = told.agreed().state();
        String present = PaperItem.text(item.get("stage"));
        PaperMove move = PaperMove.of(PaperStage.stage(entity, state, paper.underlying()), state,
                new PaperMove.Standing(present, Boolean.TRUE.equals(item.get("movedByRobot"))), told.agreed());
        boolean silent = row.historic() && before == null;
        Map<String, Object> fields = fields(paper, entity);
        if (move.stage() != null) {
            fields.put("stage", move.stage());
        }
        fields.entrySet().removeIf(field -> Objects.toString(item.get(field.getKey()), "")
                .equals(Objects.toString(field.getValue(), "")));
        Optional<String> said = silent || before == state ? Optional.empty() : words.news(paper, before);
        boolean contradicts = move.contradicts() && !silent;
        // where a person is asked, what was agreed on stays, so that the question does not answer itself
        String agreed = move.stage() != null ? move.stage() : contradicts ? told.agreed().stage() : present;
        EdoState kept = told.agreed().kept() == state ? state : null;
        return new PaperChange(fields, said, NOTIFIED.contains(state)
                || paper.flags().contains(EdoFlag.WITH_DISCREPANCIES), marker(paper, entity + told.turn()),
                new Told(PaperItem.number(item.get("id")), new Agreed(agreed == null ? present : agreed, state, kept,
                        false), said.isPresent() ? told.turn() + 1 : told.turn()), contradicts);
    }

    /** What the fields of a paper's item say of it; the stage apart. */
    static Map<String, Object> fields(EdoDocument paper, String entity) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (paper.state() != null) {
            fields.put("edoState", PaperStage.of(paper.state()).word());
        }
        if (paper.link() != null) {
            fields.put("edoLink", paper.link());
        }
        if (entity.equals(PaperStage.DOCUMENT)) {
            if (PaperWords.isListed(paper)) {
                fields.put("edoProvider", PaperWords.provider(paper));
            }
            if (paper.signedBy() != null) {
                fields.put("signedBy", paper.signedBy());
            }
            if (paper.signedAt() != null) {
                fields.put("signedAt", paper.signedAt().truncatedTo(ChronoUnit.SECONDS));
            }
        }
        return fields;
    }

    /** {@code sverka:edo:<account>:<what>}, at most 40 characters: ids of providers are longer, so they are hashed. */
    static String marker(EdoDocument paper, String what) {
        String name = paper.source().replaceFirst(".*\\.", "");
        String head = "sverka:edo:" + (name.length() > 12 ? "" : name + ":");
        String print = Fingerprint.ofParts(paper.source(), paper.id(), what);
        return head + print.substring(0, Math.min(print.length(), MARKER - head.length()));
    }

    /** The comment as the portal takes it; its last line is the marker. */
    List<Map<String, Object>> comments(long item) {
        return said.map(text -> List.of(comment(item, text, marker))).orElse(List.of());
    }

    static Map<String, Object> comment(long item, String text, String marker) {
        return Map.of("id", item, "text", text + "\n" + marker, "marker", marker);
    }
}
