package dev.sverka.vendors.bitrix24;

import dev.sverka.core.portal.Difference;
import dev.sverka.core.portal.Difference.Kind;
import dev.sverka.core.portal.Portal;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Field;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Process;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The declaration against what the portal holds: every line of the plan, and what can be done about it now. */
final class Bitrix24Comparison {

    private final Portal portal;
    private final Bitrix24Held held;
    private final Function<List<Process>, Map<Process, List<Field>>> look;
    private final Map<String, Integer> typeIds = new HashMap<>();
    private @Nullable Map<Process, List<Field>> others;

    /** @param look reads the fields of processes that nobody declares; asked where a declared one is missing */
    Bitrix24Comparison(Portal portal, Bitrix24Held held, Function<List<Process>, Map<Process, List<Field>>> look) {
        this.portal = portal;
        this.held = held;
        this.look = look;
        held.kinds().forEach((key, kind) -> typeIds.put(key, kind.typeId()));
    }

    List<Bitrix24Step> steps() {
        List<Bitrix24Step> steps = new ArrayList<>();
        Set<Process> suspected = new HashSet<>();
        for (Portal.Entity entity : portal.entities().values()) {
            Bitrix24Held.Kind kind = held.kinds().get(entity.key());
            if (kind != null) {
                steps.addAll(kind.made() ? unfinished(entity, kind) : there(entity, kind));
            } else if (!"user".equals(entity.builtin())) {
                steps.addAll(absent(entity, suspected));
            }
        }
        foreign().stream().filter(process -> !suspected.contains(process)).forEach(process -> steps.add(
                said("portal", Kind.FOREIGN, "smart process «" + process.title() + "» (" + process.typeId()
                        + ") stays as it is")));
        return steps;
    }

    private List<Bitrix24Step> there(Portal.Entity entity, Bitrix24Held.Kind kind) {
        List<Bitrix24Step> steps = new ArrayList<>();
        if (kind.process() != null) {
            steps.add(said(entity.key(), Kind.ADOPT, "is «" + kind.process().title() + "», smart process "
                    + kind.typeId()));
        }
        steps.addAll(inside(entity, kind));
        return steps;
    }

    private List<Bitrix24Step> inside(Portal.Entity entity, Bitrix24Held.Kind kind) {
        List<Bitrix24Step> steps = new ArrayList<>();
        if (Bitrix24Look.hasFunnels(entity, kind.typeId())) {
            boolean known = Bitrix24FieldSteps.custom(entity) == 0
                    || Bitrix24FieldSteps.alike(entity, kind.fields()) > 0;
            steps.addAll(new Bitrix24FunnelSteps(entity, kind, known).steps());
        }
        steps.addAll(new Bitrix24FieldSteps(entity, kind, typeIds).steps());
        return steps;
    }

    /** Its title comes last, when everything in it is in place. */
    private List<Bitrix24Step> unfinished(Portal.Entity entity, Bitrix24Held.Kind kind) {
        List<Bitrix24Step> inside = inside(entity, kind);
        Process process = kind.process();
        List<Bitrix24Step> steps = new ArrayList<>();
        boolean complete = inside.stream().noneMatch(step -> step.line().counts());
        steps.add(Bitrix24Step.alone(entity.key(), created(entity), !complete || process == null ? null
                : client -> new Bitrix24Command("crm.type.update", Map.of("id", process.id(), "fields",
                        Map.of("title", String.valueOf(entity.title()))))));
        steps.addAll(inside);
        return steps;
    }

    private List<Bitrix24Step> absent(Portal.Entity entity, Set<Process> suspected) {
        List<Bitrix24Step> steps = new ArrayList<>();
        if (entity.use() != null) {
            return List.of(said(entity.key(), Kind.DRIFT, "is not on the portal: no smart process is called, or"
                    + " numbered, " + entity.use() + "; correct its use:"));
        }
        Optional<Process> renamed = renamed(entity);
        if (renamed.isPresent()) {
            suspected.add(renamed.get());
            return List.of(said(entity.key(), Kind.DRIFT, "«" + entity.title() + "» seems to be called «"
                    + renamed.get().title() + "» on the portal, which has its fields; rename it back, or write use: "
                    + renamed.get().typeId()));
        }
        if (held.kinds().values().stream().anyMatch(kind -> kind.process() != null && !kind.made())) {
            steps.add(said(entity.key(), Kind.DRIFT, "«" + entity.title() + "» is not on the portal; point at its"
                    + " process with use:, or let --apply make it"));
        }
        List<Integer> parents = Bitrix24FieldSteps.parents(entity, typeIds);
        Bitrix24Command type = parents == null ? null : Bitrix24Making.type(entity, parents);
        steps.add(Bitrix24Step.alone(entity.key(), created(entity), type == null ? null : client -> type));
        entity.pipelines().values().forEach(pipeline -> {
            String what = entity.key() + "." + pipeline.key();
            steps.add(said(entity.key(), new Difference(Kind.CREATE, what, "funnel «" + pipeline.title() + "»")));
            pipeline.stages().values().forEach(stage -> steps.add(said(entity.key(), new Difference(Kind.CREATE,
                    what + ".stage." + stage.key(), "stage «" + stage.title() + "»"))));
        });
        steps.addAll(Bitrix24FieldSteps.absent(entity));
        return steps;
    }

    private static Difference created(Portal.Entity entity) {
        return new Difference(Kind.CREATE, entity.key(), "smart process «" + entity.title() + "»");
    }

    /** A process with another name and at least half of the declared fields is the one that was renamed. */
    private Optional<Process> renamed(Portal.Entity entity) {
        if (others == null) {
            others = look.apply(foreign());
        }
        long half = Math.max(2, (Bitrix24FieldSteps.custom(entity) + 1) / 2);
        return others.entrySet().stream().filter(one -> Bitrix24FieldSteps.alike(entity, one.getValue()) >= half)
                .map(Map.Entry::getKey).findFirst();
    }

    private List<Process> foreign() {
        return held.processes().stream().filter(process -> held.kinds().values().stream()
                .noneMatch(kind -> kind.process() != null && kind.process().typeId() == process.typeId())).toList();
    }

    private static Bitrix24Step said(String entity, Kind kind, String text) {
        return said(entity, new Difference(kind, entity, text));
    }

    private static Bitrix24Step said(String entity, Difference line) {
        return Bitrix24Step.said(entity, line);
    }
}
