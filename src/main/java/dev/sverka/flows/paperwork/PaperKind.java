package dev.sverka.flows.paperwork;

import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoKind;
import java.util.Set;

/** Kinds of papers in the words of the portal's list «Вид». */
final class PaperKind {

    /** What Saby calls every shipment, an act as well as a УПД (saby.md section 6). */
    private static final String SHIPMENT = "ДокОтгр";

    private PaperKind() {
    }

    /** The word for a paper that is entered anew. */
    static String word(EdoDocument paper) {
        return switch (paper.kind()) {
            case CONTRACT -> "Договор";
            case SUPPLEMENTARY_AGREEMENT -> "Доп. соглашение";
            case ACT -> "Акт";
            case BILL -> "Счёт";
            case UPD -> "УПД";
            default -> "Прочее";
        };
    }

    /** Words that a person may have entered for it. */
    static Set<String> words(EdoDocument paper) {
        return switch (paper.kind()) {
            case UPD -> paper.typeName().startsWith(SHIPMENT) ? Set.of("УПД", "Акт") : Set.of("УПД");
            case SUPPLEMENTARY_AGREEMENT -> Set.of("Доп. соглашение", "Приложение");
            case OTHER -> Set.of("Прочее", "Приложение");
            default -> Set.of(word(paper));
        };
    }

    /** Whether it is what an act of ours is sent as. */
    static boolean isAct(EdoDocument paper) {
        return paper.kind() == EdoKind.ACT || paper.kind() == EdoKind.UPD;
    }
}
