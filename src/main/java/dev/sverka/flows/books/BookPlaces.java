package dev.sverka.flows.books;

import dev.sverka.core.state.Links;
import dev.sverka.flows.payments.SettledOperations.Part;
import dev.sverka.flows.payments.SettledOperations.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a payment's money belongs in FinTablo. Income stands on the deal, for FinTablo refuses it on a stage; what is
 * paid out stands on the stage where the payment names one (fintablo.md section 13, row 8).
 */
final class BookPlaces {

    private final Links links;
    private final DealFunnels funnels;

    BookPlaces(Links links, DealFunnels funnels) {
        this.links = links;
        this.funnels = funnels;
    }

    /** @param deal FinTablo's id of a deal or of one of its stages; each null where none is known */
    record Place(@Nullable Long deal, @Nullable Long direction) {
    }

    Place of(Part part, boolean incoming, FinTabloIds ids) {
        Long stage = incoming || part.stage() == null ? null : link(FinTabloIds.STAGES, part.stage());
        Long deal = part.deal() == null ? null : link(FinTabloIds.DEALS, part.deal());
        Long direction = part.deal() == null ? null : funnels.find(part.deal()).map(ids.directions()::get).orElse(null);
        return new Place(stage != null ? stage : deal, direction != null ? direction
                : ids.directions().get("default"));
    }

    /** Stages whose number in FinTablo has to be looked for: {@code {stage, deal}}, the portal's and FinTablo's id. */
    List<Map<String, Object>> sought(Settled one) {
        List<Map<String, Object>> sought = new ArrayList<>();
        for (Part part : one.incoming() ? List.<Part>of() : one.parts()) {
            Long deal = part.deal() == null ? null : link(FinTabloIds.DEALS, part.deal());
            if (part.stage() != null && deal != null && link(FinTabloIds.STAGES, part.stage()) == null) {
                sought.add(Map.of("stage", part.stage(), "deal", deal));
            }
        }
        return sought.stream().distinct().toList();
    }

    /**
     * Takes over the stage of FinTablo's deal that is called like the portal's; where two are, or none, the deal has to do.
     *
     * @param stages of FinTablo's deal
     */
    void take(long stage, @Nullable String title, List<Map<String, Object>> stages) {
        List<Object> alike = stages.stream().filter(one -> title != null && plain(one.get("name")).equals(plain(title)))
                .map(one -> Objects.requireNonNull(one.get("id"))).toList();
        if (alike.size() == 1) {
            links.link(FinTabloIds.STAGES, Long.toString(stage), alike.get(0).toString());
        }
    }

    private static String plain(@Nullable Object name) {
        return String.valueOf(name).toLowerCase(Locale.ROOT).replace('ё', 'е').replaceAll("[\\s\\u00A0]+", " ").strip();
    }

    private @Nullable Long link(String kind, long id) {
        return links.right(kind, Long.toString(id)).map(Long::valueOf).orElse(null);
    }
}
