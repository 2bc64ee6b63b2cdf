package dev.sverka.flows.paperwork;

import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people read of papers: timeline comments, notifications, questions, titles. */
final class PaperWords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm");
    private static final Map<String, String> PROVIDERS = Map.of("diadoc", "Диадок", "saby", "Saby");

    private final boolean russian;
    private final ZoneId zone;

    PaperWords(Locale locale, ZoneId zone) {
        this.russian = !locale.getLanguage().equals("en");
        this.zone = zone;
    }

    /** The provider in the words of the portal's list; the account's own name for one that is not in it. */
    static String provider(EdoDocument paper) {
        String scheme = paper.source().replaceFirst("\\..*", "");
        return PROVIDERS.getOrDefault(scheme, scheme);
    }

    /** Whether the portal's list knows the provider. */
    static boolean isListed(EdoDocument paper) {
        return PROVIDERS.containsValue(provider(paper));
    }

    /** {@code Акт № 9 от 18.11.2026, ООО «Ромашка»}. */
    static String title(EdoDocument paper) {
        String number = paper.number() == null ? "" : " № " + paper.number();
        LocalDate date = paper.date();
        String name = paper.counterparty().name();
        return PaperKind.word(paper) + number + (date == null ? "" : " от " + DAY.format(date))
                + (name == null ? "" : ", " + name);
    }

    /** What a comment says of a new state; empty for one that nobody has to read of. */
    Optional<String> news(EdoDocument paper, @Nullable EdoState before) {
        String said = said(paper, before);
        return said.isEmpty() ? Optional.empty() : Optional.of(provider(paper) + ": " + said);
    }

    private String said(EdoDocument paper, @Nullable EdoState before) {
        EdoState state = paper.state();
        return state == null ? "" : switch (state) {
            case SIGNED -> signed(paper, before);
            case PARTLY_SIGNED -> paper.flags().contains(EdoFlag.WITH_DISCREPANCIES)
                    ? say("подписан с разногласиями", "signed with discrepancies") + signer(paper)
                    : say("подписали не все", "not everybody has signed");
            case REJECTED -> say("отклонён", "rejected") + reason(paper);
            case REVOCATION_REQUESTED -> (paper.flags().contains(EdoFlag.REVOCATION_BY_US)
                    ? say("мы предложили аннулировать", "we proposed to annul it")
                    : say("контрагент предлагает аннулировать", "the counterparty proposes to annul it")) + reason(paper)
                    + say("; до согласия другой стороны документ в силе", "; it holds until the other side agrees");
            case REVOKED -> revoked(paper, before);
            case ERROR -> say("ошибка", "error") + reason(paper);
            default -> "";
        };
    }

    private String signed(EdoDocument paper, @Nullable EdoState before) {
        if (before == EdoState.REVOCATION_REQUESTED) {
            return say("аннулирование не состоялось, документ подписан", "it was not annulled, it is signed");
        }
        return (before == EdoState.REJECTED ? say("подписан после отказа", "signed after a rejection")
                : say("подписан", "signed")) + signer(paper) + (paper.flags().contains(EdoFlag.UNQUALIFIED_SIGNATURE)
                        ? say("; подпись неквалифицированная, проверьте", "; the signature is not qualified: check it")
                        : "");
    }

    private String revoked(EdoDocument paper, @Nullable EdoState before) {
        if (paper.flags().contains(EdoFlag.WITHDRAWN_BY_US)) {
            return say("отозван нами до подписания", "withdrawn by us before it was signed");
        }
        return before == EdoState.SIGNED || before == EdoState.REVOCATION_REQUESTED || before == EdoState.PARTLY_SIGNED
                ? say("аннулирован после подписания", "annulled after it was signed") + reason(paper)
                : say("аннулирован", "annulled") + reason(paper);
    }

    private String signer(EdoDocument paper) {
        Instant at = paper.signedAt();
        return (paper.signedBy() == null ? "" : ": " + paper.signedBy())
                + (at == null ? "" : ", " + MOMENT.format(at.atZone(zone)));
    }

    private String reason(EdoDocument paper) {
        return paper.reason() == null ? "" : say(". Причина: ", ". Reason: ") + paper.reason();
    }

    /** That a state is not known here. @param told the provider's words for it */
    String unknownState(EdoDocument paper, String told) {
        return provider(paper) + ": " + say("состояние «" + told + "» этой версии неизвестно, прежнее оставлено. Посмотрите"
                + " документ у провайдера и обновите Sverka", "the state " + told + " is not known to this version, the one"
                + " before stays. Look at the document with the provider, and update Sverka");
    }

    /** Why a person is asked what a paper is. @param whole how many items agree wholly */
    String unknown(long whole, long near) {
        if (whole > 1) {
            return say("подходят сразу несколько элементов CRM", "several items agree wholly");
        }
        return near > 0 ? say("ни один элемент CRM не совпал по номеру, дате, ИНН, сумме и виду сразу",
                "no item agrees in number, date, ИНН, sum and kind at once")
                : say("в CRM нет ничего похожего", "nothing in the CRM is like it");
    }

    /** Why a person is asked about a stage. @param stage the item's present one */
    String contradiction(EdoDocument paper, String stage, String state) {
        return say("стадию «" + stage + "» поставил человек, а " + provider(paper) + " говорит «" + state + "»",
                "a person set the stage " + stage + ", and " + provider(paper) + " says " + state);
    }

    String agrees(PaperMatch match, boolean yes) {
        StringBuilder said = new StringBuilder();
        part(said, match.number() == yes, say("номер", "number"));
        part(said, match.date() == yes, say("дата", "date"));
        part(said, match.inn() == yes, "ИНН");
        part(said, match.amount() == yes, say("сумма", "sum"));
        part(said, match.kind() == yes, say("вид", "kind"));
        return said.toString();
    }

    private static void part(StringBuilder said, boolean on, String word) {
        if (on) {
            said.append(said.isEmpty() ? "" : ", ").append(word);
        }
    }

    private String say(String ru, String en) {
        return russian ? ru : en;
    }
}
