package dev.sverka.core.routes;

import dev.sverka.core.state.AcceptedTexts;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import dev.sverka.core.state.Refusals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what runs equal to what the folders say, as far as it holds. Every change is tried together with everything
 * else; a file whose change does not hold stays at its last accepted text, the others go in. Files are swapped whole,
 * routes of other files do not pause.
 */
public class RouteFolder {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFolder.class);
    private static final int MOST_RESTLESS = 2;

    private final Folder folder;
    private final RoutesTrial trial;
    private final LiveRoutes live;
    private final AcceptedTexts store;
    private final Refusals refusals;

    private Map<String, String> accepted = Map.of();
    private Map<Declared<?>, Object> inForce = Map.of();
    private Folder.@Nullable Content seen;
    private Folder.@Nullable Content before;
    private int restless;

    RouteFolder(Folder folder, RoutesTrial trial, LiveRoutes live, AcceptedTexts store, Refusals refusals) {
        this.folder = folder;
        this.trial = trial;
        this.live = live;
        this.store = store;
        this.refusals = refusals;
    }

    /**
     * Loads everything at the start. A file that does not hold is stood in for by its last accepted text.
     *
     * @throws ProblemException where there is none, or none that holds
     */
    public synchronized void load() {
        Map<String, String> stored = store.all();
        Folder.Content content = folder.read().standingInFor(stored);
        Verdict verdict = judge(stored, content.texts(), RoutesTrial.Held.NOTHING);
        List<Problem> unmendable = new ArrayList<>(verdict.unmendable());
        verdict.refused().forEach((file, problems) -> {
            if (!stored.containsKey(file)) {
                unmendable.addAll(problems);
            }
        });
        if (!unmendable.isEmpty()) {
            throw new ProblemException(unmendable.stream().distinct().sorted().toList());
        }
        tell(content, verdict.refused());
        live.putInForce(verdict.meanings());
        live.swap(Map.of(), RoutesTrial.only(Folder.ROUTES, verdict.texts()));
        store.replace(verdict.texts());
        inForce(verdict);
    }

    /** Looks at the folders once, and takes or refuses what changed. */
    public synchronized void look() {
        look(folder.read());
    }

    /** Whether every folder is where it was. */
    public synchronized boolean isWhole() {
        return seen == null || seen.away().isEmpty();
    }

    /**
     * Looks once the folders are as they were at the call before: an editor that saves by renaming leaves a moment
     * without the file, a copy in progress a moment with half of it. Folders that never stand still are looked at all
     * the same.
     */
    synchronized void lookWhenStill() {
        Folder.Content content = folder.read();
        if (content.equals(before) || ++restless > MOST_RESTLESS) {
            restless = 0;
            look(content);
        }
        before = content;
    }

    private void look(Folder.Content found) {
        Folder.Content content = found.standingInFor(accepted);
        if (content.equals(seen)) {
            return;
        }
        Folder.@Nullable Content earlier = seen;
        Verdict verdict = judge(accepted, content.texts(), new RoutesTrial.Held(accepted, inForce));
        tell(content, verdict.refused());
        if (!verdict.texts().equals(accepted)) {
            try {
                store.replace(verdict.texts());
            } catch (RuntimeException storeAway) {
                seen = earlier; // nothing was taken: the next look tries again
                throw storeAway;
            }
            try {
                swap(verdict);
            } catch (ProblemException refusedByTheRunningContext) {
                store.replace(accepted);
                refusedByTheRunningContext.problems().forEach(problem -> report(problem.file(), List.of(problem)));
                return;
            }
        }
        inForce(verdict);
    }

    /** Every problem in the folders as they are. No route is loaded; where nothing is in force yet, declarations that hold are. */
    public synchronized List<Problem> check() {
        Folder.Content content = folder.read();
        Verdict verdict = judge(Map.of(), content.texts(), RoutesTrial.Held.NOTHING);
        if (inForce.isEmpty()) {
            live.putInForce(verdict.meanings());
            inForce = verdict.meanings();
        }
        return Stream.concat(content.remarks().stream(), verdict.refused().values().stream().flatMap(List::stream))
                .sorted().toList();
    }

    /**
     * What of the texts holds.
     *
     * @param texts the accepted ones after this change
     * @param refused problems by file whose change was not taken
     * @param unmendable problems that remain although no change is left to refuse
     */
    private record Verdict(Map<String, String> texts, Map<Declared<?>, Object> meanings,
            Map<String, List<Problem>> refused, List<Problem> unmendable) {
    }

    private Verdict judge(Map<String, String> base, Map<String, String> texts, RoutesTrial.Held held) {
        Map<String, String> candidate = new TreeMap<>(texts);
        Map<String, List<Problem>> refused = new TreeMap<>();
        Set<String> changed = new TreeSet<>(texts.keySet());
        changed.addAll(base.keySet());
        changed.removeIf(file -> Objects.equals(base.get(file), texts.get(file)));
        while (true) {
            RoutesTrial.Result result = trial.of(candidate, held);
            if (result.problems().isEmpty()) {
                return again(texts, held, new Verdict(candidate, result.meanings(), refused, List.of()));
            }
            Map<String, List<Problem>> blamed = blame(result.problems(), changed);
            blamed.forEach((file, problems) -> {
                refused.put(file, problems);
                changed.remove(file);
                if (base.containsKey(file)) {
                    candidate.put(file, base.get(file));
                } else {
                    candidate.remove(file);
                }
            });
            if (blamed.isEmpty()) {
                result.problems().forEach(one -> refused.putIfAbsent(one.file(), List.of(one)));
                return new Verdict(candidate, result.meanings(), refused, result.problems());
            }
        }
    }

    /** Tries each refused edit once more by itself: it may only have stood beside the one at fault. */
    private Verdict again(Map<String, String> texts, RoutesTrial.Held held, Verdict verdict) {
        if (verdict.refused().size() < 2) {
            return verdict;
        }
        Verdict best = verdict;
        for (String file : verdict.refused().keySet()) {
            Map<String, String> candidate = new TreeMap<>(best.texts());
            if (texts.containsKey(file)) {
                candidate.put(file, texts.get(file));
            } else {
                candidate.remove(file);
            }
            RoutesTrial.Result result = trial.of(candidate, held);
            if (result.problems().isEmpty()) {
                Map<String, List<Problem>> refused = new TreeMap<>(best.refused());
                refused.remove(file);
                best = new Verdict(candidate, result.meanings(), refused, List.of());
            }
        }
        return best;
    }

    /** The changed files at fault; where an unchanged file no longer holds, changed mappings, then all changes. */
    private static Map<String, List<Problem>> blame(List<Problem> problems, Set<String> changed) {
        Map<String, List<Problem>> blamed = new TreeMap<>();
        problems.stream().filter(problem -> changed.contains(problem.file()))
                .forEach(problem -> blamed.computeIfAbsent(problem.file(), file -> new ArrayList<>()).add(problem));
        if (blamed.isEmpty()) {
            Set<String> suspects = new HashSet<>(changed);
            suspects.removeIf(file -> !file.startsWith(Folder.MAPPINGS));
            Problem first = problems.get(0);
            (suspects.isEmpty() ? changed : suspects).forEach(file -> blamed.put(file, List.of(new Problem(file, 1,
                    "with this change " + first.file() + ":" + first.line() + " no longer holds (" + first.problem()
                            + ")", "change " + first.file() + " along with it, or take the change back"))));
        }
        return blamed;
    }

    private void swap(Verdict verdict) {
        live.putInForce(verdict.meanings());
        try {
            live.swap(RoutesTrial.only(Folder.ROUTES, accepted), RoutesTrial.only(Folder.ROUTES, verdict.texts()));
        } catch (ProblemException refused) {
            live.putInForce(inForce);
            throw refused;
        }
    }

    private void inForce(Verdict verdict) {
        if (!verdict.texts().equals(accepted)) {
            LOG.info("routes and mappings in force: {}", String.join(", ", verdict.texts().keySet()));
        }
        accepted = verdict.texts();
        inForce = verdict.meanings();
    }

    /** Before anything is stopped: what is refused, and what is refused no longer. */
    private void tell(Folder.Content content, Map<String, List<Problem>> refusedEdits) {
        Map<String, List<Problem>> refused = new TreeMap<>(refusedEdits);
        content.remarks().forEach(one -> refused.put(one.file(), List.of(one)));
        List<Problem> known = refusals.all();
        known.stream().map(Problem::file).filter(file -> !refused.containsKey(file)).forEach(refusals::clear);
        Map<String, String> before = seen == null ? Map.of() : seen.texts();
        refused.forEach((file, problems) -> {
            if (!known.containsAll(problems) || !Objects.equals(content.texts().get(file), before.get(file))) {
                report(file, problems);
            }
        });
        seen = content;
    }

    private void report(String file, List<Problem> problems) {
        refusals.set(file, problems);
        problems.forEach(problem -> LOG.error("{}", problem));
    }
}
