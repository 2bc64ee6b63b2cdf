package dev.sverka.flows.deals;

import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import dev.sverka.flows.books.FinTabloIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code mappings/fintablo.yaml} says of deals and payments; what it does not say is a finding, never a guess. */
final class Mapped {

    private static final String FILE = "mappings/fintablo.yaml";

    private final Declared<FinTabloIds> ids;
    private final Declared<Portal> portal;

    Mapped(Declared<FinTabloIds> ids, Declared<Portal> portal) {
        this.ids = ids;
        this.portal = portal;
    }

    /** Whether anything is said of deals at all. */
    boolean isSet() {
        FinTabloIds now = ids.get();
        return !now.directions().isEmpty() || !now.dealStatuses().isEmpty() || !now.plans().isEmpty();
    }

    /** Another text where the file says something else. */
    String version() {
        FinTabloIds now = ids.get();
        return now.directions().hashCode() + "/" + now.categories().hashCode() + "/" + now.dealStatuses().hashCode()
                + "/" + now.plans().hashCode() + "/stages";
    }

    /** @param pipeline the funnel's key; null for one that mappings/portal.yaml does not declare */
    @Nullable Long direction(@Nullable String pipeline, List<String> findings) {
        String title = title(pipeline);
        Long own = title == null ? null : ids.get().directions().get(title);
        Long found = own != null ? own : ids.get().directions().get("default");
        if (found == null) {
            findings.add("для воронки «" + (title == null ? "без имени" : title) + "» нет направления: добавьте её или"
                    + " default в directions в " + FILE);
        }
        return found;
    }

    /** A funnel's name; null for one that mappings/portal.yaml does not declare. */
    @Nullable String title(@Nullable String pipeline) {
        return pipeline == null ? null : portal.get().entity("deal").map(deal -> deal.pipelines().get(pipeline))
                .map(Portal.Pipeline::title).orElse(null);
    }

    /** @param state open, won or lost */
    @Nullable Long status(String state, List<String> findings) {
        Long found = ids.get().dealStatuses().get(state);
        if (found == null) {
            findings.add("нет статуса сделки: задайте " + state + " в dealStatuses в " + FILE);
        }
        return found;
    }

    @Nullable Long category(@Nullable String article, boolean incoming, List<String> findings) {
        Long found = ids.get().category(article, incoming);
        if (found == null) {
            findings.add("нет статьи" + (article == null ? "" : " «" + article + "»") + ": задайте "
                    + (article == null ? "" : "её или ") + (incoming ? "in" : "out") + " в categories в " + FILE);
        }
        return found;
    }

    /** @param inn of our own company; @param currency such as RUB */
    @Nullable Long moneybag(String inn, String currency, List<String> findings) {
        Long found = ids.get().plans().get(inn + "/" + currency);
        if (found == null) {
            findings.add("нет счёта для плановых операций: задайте \"" + inn + "/" + currency + "\" в plans в " + FILE);
        }
        return found;
    }

    /** Whether a deal is at a stage of its funnel, or after it; {@code any} is each stage. */
    boolean hasReached(@Nullable String pipeline, @Nullable String stage, String from) {
        if (from.equals("any")) {
            return true;
        }
        List<String> stages = pipeline == null ? List.of() : portal.get().entity("deal")
                .map(deal -> deal.pipelines().get(pipeline)).map(one -> List.copyOf(one.stages().keySet()))
                .orElse(List.of());
        return stages.contains(from) && stages.indexOf(stage) >= stages.indexOf(from);
    }

    /** What can be told to be missing before any deal comes: a cure each. @param own ИНН of our companies */
    Map<String, String> gaps(List<String> own) {
        List<String> gaps = new ArrayList<>();
        Optional<Portal.Entity> deal = portal.isPresent() ? portal.get().entity("deal") : Optional.empty();
        deal.ifPresent(one -> one.pipelines().keySet().forEach(pipeline -> direction(pipeline, gaps)));
        List.of("open", "won", "lost").forEach(state -> status(state, gaps));
        category(null, true, gaps);
        category(null, false, gaps);
        own.forEach(inn -> moneybag(inn, "RUB", gaps));
        Map<String, String> cures = new LinkedHashMap<>();
        gaps.forEach(gap -> cures.put(gap.substring(0, gap.indexOf(": ")), gap.substring(gap.indexOf(": ") + 2)));
        return cures;
    }
}
