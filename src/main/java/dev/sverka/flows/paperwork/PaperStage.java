package dev.sverka.flows.paperwork;

import dev.sverka.records.edo.EdoState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one table from what a provider says of a paper to stage and field of its item. Nothing depends on what was seen
 * before: that is why news out of order, and steps that nobody saw, end where the provider stands now.
 *
 * @param document stage of a {@code document}; null where the state moves none
 * @param act stage of a {@code report.act}, which has no «Доставлен»
 * @param word of the portal's list «Состояние ЭДО»
 */
record PaperStage(@Nullable String document, @Nullable String act, String word) {

    /** The entity of acts; the other one is {@code document}. */
    static final String ACT = "report";
    static final String DOCUMENT = "document";

    private static final Map<EdoState, PaperStage> TABLE = new EnumMap<>(Map.of(
            EdoState.DRAFT, new PaperStage("draft", "draft", "Черновик"),
            EdoState.SENT, new PaperStage("sent", "sent", "Отправлен"),
            EdoState.DELIVERED, new PaperStage("delivered", "sent", "Доставлен"),
            EdoState.PARTLY_SIGNED, new PaperStage("delivered", "sent", "Частично подписан"),
            EdoState.SIGNED, new PaperStage("signed", "signed", "Подписан"),
            EdoState.REJECTED, new PaperStage("declined", "declined", "Отклонён"),
            EdoState.REVOCATION_REQUESTED, new PaperStage(null, null, "Запрошено аннулирование"),
            EdoState.REVOKED, new PaperStage("revoked", "revoked", "Аннулирован"),
            EdoState.ERROR, new PaperStage(null, null, "Ошибка")));

    /** Stages that something may follow, in their order. */
    private static final List<String> OPEN = List.of("draft", "sent", "delivered");

    private static final Map<String, String> TITLES = Map.of("draft", "Черновик", "sent", "Отправлен", "delivered",
            "Доставлен", "signed", "Подписан", "declined", "Отклонён", "revoked", "Аннулирован");

    static PaperStage of(EdoState state) {
        return Objects.requireNonNull(TABLE.get(state));
    }

    /**
     * The stage that a paper gives its item.
     *
     * @param underlying what a paper is that one side proposes to annul: it stays that until the other agrees
     * @return null where the stage stays as it is
     */
    static @Nullable String stage(String entity, EdoState state, @Nullable EdoState underlying) {
        PaperStage meaning = of(state == EdoState.REVOCATION_REQUESTED && underlying != null ? underlying : state);
        return entity.equals(ACT) ? meaning.act() : meaning.document();
    }

    /** The stage's name as people see it. */
    static String title(@Nullable String stage) {
        return TITLES.getOrDefault(String.valueOf(stage), String.valueOf(stage));
    }

    static boolean isOpen(@Nullable String stage) {
        return stage != null && OPEN.contains(stage);
    }

    /** Whether a stage lies ahead of an open one. */
    static boolean isAhead(String stage, @Nullable String of) {
        return isOpen(of) && (!isOpen(stage) || OPEN.indexOf(stage) > OPEN.indexOf(of));
    }
}
