package dev.sverka.vendors.bitrix24;

import dev.sverka.core.portal.Difference;
import dev.sverka.core.portal.Difference.Kind;
import dev.sverka.core.portal.Portal;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Funnel;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done to the funnels of one kind. One that provision makes gets exactly the declared stages; one that
 * was there only gains (framework, section 1).
 */
final class Bitrix24FunnelSteps {

    private static final List<String> FIRST_CODES = List.of("NEW", "PREPARATION", "CLIENT");

    private final Portal.Entity entity;
    private final Bitrix24Held.Kind held;
    private final boolean known;
    private final List<Bitrix24Step> steps = new ArrayList<>();

    /** @param known whether the kind was set up before, so that what is missing was there once */
    Bitrix24FunnelSteps(Portal.Entity entity, Bitrix24Held.Kind held, boolean known) {
        this.entity = entity;
        this.held = held;
        this.known = known;
    }

    List<Bitrix24Step> steps() {
        Map<String, Funnel> found = new LinkedHashMap<>();
        entity.pipelines().values().forEach(pipeline -> found(pipeline).ifPresent(one ->
                found.put(pipeline.key(), one)));
        for (Portal.Pipeline pipeline : entity.pipelines().values()) {
            Funnel funnel = found.get(pipeline.key());
            if (held.made()) {
                ours(pipeline, funnel != null ? funnel : unclaimedDefault(pipeline, found.values()));
            } else if (funnel != null) {
                steps.add(said(Kind.ADOPT, what(pipeline), "is «" + funnel.name() + "», funnel " + funnel.id()));
                gain(pipeline, funnel);
            } else {
                missing(pipeline, known && !found.isEmpty());
            }
        }
        Set<Integer> known = new HashSet<>();
        found.values().forEach(funnel -> known.add(funnel.id()));
        if (!held.made()) {
            held.funnels().stream().filter(funnel -> !known.contains(funnel.id())
                    && !funnel.name().endsWith(Bitrix24Making.UNFINISHED)).forEach(funnel -> steps.add(said(
                            Kind.FOREIGN, entity.key(), "funnel «" + funnel.name() + "» (" + funnel.id()
                                    + ") stays as it is")));
        }
        return steps;
    }

    private Optional<Funnel> found(Portal.Pipeline pipeline) {
        return held.funnels().stream().filter(funnel -> Bitrix24Look.isIt(pipeline, funnel.id(), funnel.name()))
                .findFirst();
    }

    /** The funnel that came with the process becomes the declared default one. */
    private @Nullable Funnel unclaimedDefault(Portal.Pipeline pipeline, java.util.Collection<Funnel> claimed) {
        Portal.Pipeline first = entity.pipelines().values().stream().filter(Portal.Pipeline::isDefault).findFirst()
                .orElseGet(() -> entity.pipelines().values().iterator().next());
        return !first.equals(pipeline) ? null : held.funnels().stream()
                .filter(funnel -> funnel.isDefault() && !claimed.contains(funnel)).findFirst().orElse(null);
    }

    private void ours(Portal.Pipeline pipeline, @Nullable Funnel funnel) {
        if (funnel == null) {
            steps.add(Bitrix24Step.together(entity.key(), created(pipeline),
                    Bitrix24Making.funnel(held, pipeline.title(), sort(pipeline))));
            absentStages(pipeline);
            return;
        }
        if (!funnel.name().equals(pipeline.title())) {
            steps.add(Bitrix24Step.together(entity.key(), created(pipeline),
                    Bitrix24Making.funnelNamed(held, funnel.id(), pipeline.title())));
        }
        exactly(pipeline, funnel);
    }

    private void missing(Portal.Pipeline pipeline, boolean othersAreThere) {
        if (pipeline.use() != null) {
            steps.add(said(Kind.DRIFT, what(pipeline), "is not on the portal: no funnel is called, or numbered, "
                    + pipeline.use() + "; correct its use:"));
            return;
        }
        Optional<Funnel> begun = held.funnels().stream()
                .filter(funnel -> funnel.name().equals(Bitrix24Making.title(pipeline))).findFirst();
        if (begun.isEmpty()) {
            if (othersAreThere) {
                steps.add(said(Kind.DRIFT, what(pipeline), "«" + pipeline.title() + "» is not on the portal; rename"
                        + " its funnel back, point at it with use:, or let --apply make it"));
            }
            steps.add(Bitrix24Step.together(entity.key(), created(pipeline),
                    Bitrix24Making.funnel(held, Bitrix24Making.title(pipeline), sort(pipeline))));
            absentStages(pipeline);
            return;
        }
        int before = steps.size();
        exactly(pipeline, begun.get());
        Bitrix24Command named = Bitrix24Making.funnelNamed(held, begun.get().id(), pipeline.title());
        steps.add(Bitrix24Step.together(entity.key(), created(pipeline), steps.size() == before ? named : null));
    }

    private int sort(Portal.Pipeline pipeline) {
        return 100 * (List.copyOf(entity.pipelines().keySet()).indexOf(pipeline.key()) + 1);
    }

    private Difference created(Portal.Pipeline pipeline) {
        return new Difference(Kind.CREATE, what(pipeline), "funnel «" + pipeline.title() + "»");
    }

    private void absentStages(Portal.Pipeline pipeline) {
        pipeline.stages().values().forEach(stage -> steps.add(Bitrix24Step.said(entity.key(),
                created(pipeline, stage))));
    }

    private Difference created(Portal.Pipeline pipeline, Portal.Stage stage) {
        return new Difference(Kind.CREATE, what(pipeline, stage), "stage «" + stage.title() + "»"
                + (stage.semantics() == null ? "" : ", " + stage.semantics()));
    }

    /** Renames the vendor's stages to the declared ones, adds what they lack, removes what is left over. */
    private void exactly(Portal.Pipeline pipeline, Funnel funnel) {
        Map<String, Stage> taken = taken(pipeline, funnel);
        List<Portal.Stage> declared = List.copyOf(pipeline.stages().values());
        List<Bitrix24Step> added = new ArrayList<>();
        funnel.stages().stream().filter(stage -> !taken.containsValue(stage)).forEach(surplus -> steps.add(
                Bitrix24Step.together(entity.key(), new Difference(Kind.CHANGE, what(pipeline), "loses the vendor's"
                        + " stage «" + surplus.name() + "», which came with the new funnel"), new Bitrix24Command(
                                "crm.status.delete", Map.of("id", surplus.id(), "params", Map.of("FORCED", "Y"))))
                        .orNot()));
        // from the last to the first: a stage on the way never comes to stand behind a final one
        for (int i = declared.size() - 1; i >= 0; i--) {
            Portal.Stage stage = declared.get(i);
            Stage there = taken.get(stage.key());
            int sort = 10 * (i + 1);
            if (there == null) {
                added.add(0, Bitrix24Step.together(entity.key(), created(pipeline, stage),
                        Bitrix24Making.stage(held, funnel.id(), stage, sort)));
            } else if (!there.name().equals(stage.title()) || there.sort() != sort
                    || stage.color() != null && !stage.color().equalsIgnoreCase(there.color())) {
                Map<String, Object> fields = new LinkedHashMap<>(Map.of("NAME", stage.title(), "SORT", sort));
                if (stage.color() != null) {
                    fields.put("COLOR", stage.color());
                }
                steps.add(Bitrix24Step.together(entity.key(), created(pipeline, stage), new Bitrix24Command(
                        "crm.status.update", Map.of("id", there.id(), "fields", fields))));
            }
        }
        steps.addAll(added);
    }

    /** Which stage of a funnel of our own stands for which declared one: by our code, else in their order. */
    private Map<String, Stage> taken(Portal.Pipeline pipeline, Funnel funnel) {
        Map<String, Stage> taken = new HashMap<>();
        List<Stage> left = new ArrayList<>(funnel.stages());
        for (Portal.Stage stage : pipeline.stages().values()) {
            left.stream().filter(one -> one.bare().equals(Bitrix24Making.code(held, funnel.id(), stage))
                    && !isFirst(one)).findFirst().ifPresent(one -> {
                        taken.put(stage.key(), one);
                        left.remove(one);
                    });
        }
        for (Portal.Stage stage : pipeline.stages().values()) {
            if (!taken.containsKey(stage.key())) {
                left.stream().filter(one -> one.semantics().equals(semantics(stage))).findFirst().ifPresent(one -> {
                    taken.put(stage.key(), one);
                    left.remove(one);
                });
            }
        }
        return taken;
    }

    /** A key such as {@code new} gives the code of one of the vendor's own stages: those go by their order. */
    private static boolean isFirst(Stage stage) {
        return FIRST_CODES.contains(stage.bare());
    }

    private void gain(Portal.Pipeline pipeline, Funnel funnel) {
        Map<String, Stage> found = new LinkedHashMap<>();
        pipeline.stages().values().forEach(stage -> funnel.stages().stream().filter(one -> Bitrix24Look.isIt(stage,
                String.valueOf(one.id()), one.code(), one.name())).findFirst().ifPresent(one ->
                        found.put(stage.key(), one)));
        List<Stage> free = new ArrayList<>(funnel.stages());
        free.removeAll(found.values());
        List<Stage> all = new ArrayList<>(funnel.stages());
        int position = 0;
        for (Portal.Stage stage : pipeline.stages().values()) {
            Stage there = found.get(stage.key());
            if (there != null) {
                there(pipeline, stage, there);
            } else {
                absent(pipeline, funnel, stage, position, found, free, all);
            }
            position += stage.semantics() == null ? 1 : 0;
        }
        free.forEach(stage -> steps.add(said(Kind.FOREIGN, what(pipeline), "stage «" + stage.name() + "» ("
                + stage.code() + ") stays as it is")));
    }

    private void there(Portal.Pipeline pipeline, Portal.Stage stage, Stage there) {
        if (!there.semantics().equals(semantics(stage))) {
            steps.add(said(Kind.DRIFT, what(pipeline, stage), "«" + there.name() + "» means " + there.semantics()
                    + " there, not " + semantics(stage) + "; point at another stage with use:"));
        } else if (stage.use() != null) {
            steps.add(said(Kind.ADOPT, what(pipeline, stage), "is «" + there.name() + "» (" + there.code() + ")"));
        }
    }

    private void absent(Portal.Pipeline pipeline, Funnel funnel, Portal.Stage stage, int position,
            Map<String, Stage> found, List<Stage> free, List<Stage> all) {
        if (stage.use() != null) {
            steps.add(said(Kind.DRIFT, what(pipeline, stage), "is not on the portal: no stage of the funnel has the"
                    + " code or the name " + stage.use() + "; correct its use:"));
            return;
        }
        Optional<Stage> renamed = free.stream().filter(one -> one.semantics().equals(semantics(stage)))
                .filter(one -> !found.isEmpty() && codes(pipeline, funnel, stage, position).contains(one.bare())
                        || "success".equals(stage.semantics())).findFirst();
        if (renamed.isPresent()) {
            Stage now = renamed.get();
            free.remove(now);
            steps.add(said(Kind.DRIFT, what(pipeline, stage), "«" + stage.title() + "» is called «" + now.name()
                    + "» on the portal; rename it back, or write use: " + now.bare()));
            return;
        }
        if (known && !found.isEmpty()) {
            steps.add(said(Kind.DRIFT, what(pipeline, stage), "«" + stage.title() + "» is not on the portal; rename"
                    + " its stage back, point at it with use:, or let --apply make it"));
        }
        int sort = sort(stage, all, found, pipeline);
        Stage made = new Stage(0, Bitrix24Making.code(held, funnel.id(), stage), stage.title(), sort, "",
                semantics(stage));
        all.add(made);
        found.put(stage.key(), made);
        steps.add(Bitrix24Step.together(entity.key(), created(pipeline, stage),
                Bitrix24Making.stage(held, funnel.id(), stage, sort)));
    }

    /** The codes under which provision would have made the stage. */
    private Set<String> codes(Portal.Pipeline pipeline, Funnel funnel, Portal.Stage stage, int position) {
        Set<String> codes = new HashSet<>(Set.of(Bitrix24Making.code(held, funnel.id(), stage)));
        if (pipeline.use() == null && stage.semantics() == null && position < FIRST_CODES.size()) {
            codes.add(FIRST_CODES.get(position));
        } else if ("failure".equals(stage.semantics())) {
            codes.addAll(Set.of("FAIL", "LOSE"));
        }
        return codes;
    }

    /** Behind the declared stage before it, and before the next of the funnel; all on the way before all final ones. */
    private static int sort(Portal.Stage stage, List<Stage> all, Map<String, Stage> found, Portal.Pipeline pipeline) {
        int before = 0;
        for (Portal.Stage one : pipeline.stages().values()) {
            if (one.equals(stage)) {
                break;
            }
            before = found.containsKey(one.key()) ? found.get(one.key()).sort() : before;
        }
        String meaning = semantics(stage);
        if (!meaning.equals("process")) {
            before = Math.max(before, all.stream().filter(one -> meaning.equals("failure")
                    || one.semantics().equals("process")).mapToInt(Stage::sort).max().orElse(0));
        }
        int from = before;
        int next = all.stream().mapToInt(Stage::sort).filter(sort -> sort > from).min().orElse(from + 20);
        return next - from > 1 ? (from + next) / 2 : from;
    }

    private static String semantics(Portal.Stage stage) {
        return Objects.requireNonNullElse(stage.semantics(), "process");
    }

    private Bitrix24Step said(Kind kind, String what, String text) {
        return Bitrix24Step.said(entity.key(), new Difference(kind, what, text));
    }

    private String what(Portal.Pipeline pipeline) {
        return entity.key() + "." + pipeline.key();
    }

    private String what(Portal.Pipeline pipeline, Portal.Stage stage) {
        return what(pipeline) + ".stage." + stage.key();
    }
}
