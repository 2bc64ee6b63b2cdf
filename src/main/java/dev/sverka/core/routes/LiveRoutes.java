package dev.sverka.core.routes;

import dev.sverka.core.mapping.Mappings;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the running context, swapped file by file. */
final class LiveRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    /**
     * How long work on the way through routes that are changed may take to its end, all of them together: long enough for
     * the store, too short to wait for a vendor that hangs. What takes longer is begun anew by the changed route.
     */
    private static final long STOP_MILLIS = 2_000;

    private final CamelContext camel;
    private final Mappings mappings;

    LiveRoutes(CamelContext camel, Mappings mappings) {
        this.camel = camel;
        this.mappings = mappings;
    }

    void putInForce(Map<Declared<?>, Object> meanings) {
        mappings.putInForce(meanings);
    }

    /**
     * Brings the changed route files from one set of texts to another.
     *
     * @throws ProblemException when the running context takes the new ones not; the old ones run again then
     */
    void swap(Map<String, String> before, Map<String, String> after) {
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(file -> Objects.equals(before.get(file), after.get(file)));
        remove(changed);
        List<String> loaded = new ArrayList<>();
        for (String file : changed) {
            if (after.containsKey(file)) {
                try {
                    loaded.add(file);
                    load(file, after.get(file));
                } catch (Exception refused) {
                    LOG.warn("{} held in the trial but not in the running context, the old text comes back", file,
                            refused);
                    remove(loaded);
                    restore(before, changed);
                    throw new ProblemException(new Problem(file, 1, "the running context did not take it: "
                            + refused.getMessage(), "save it again, or take the change back"));
                }
            }
        }
    }

    private void restore(Map<String, String> before, Set<String> changed) {
        for (String file : changed) {
            if (before.containsKey(file)) {
                try {
                    load(file, before.get(file));
                } catch (Exception impossible) {
                    LOG.error("{} could not be brought back, restart Sverka", file, impossible);
                }
            }
        }
    }

    private void load(String file, String text) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(file, text));
    }

    private void remove(Collection<String> files) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        for (String file : files) {
            for (String id : routesOf(file)) {
                try {
                    camel.getRouteController().stopRoute(id, Math.max(1, TimeUnit.NANOSECONDS.toMillis(
                            end - System.nanoTime())), TimeUnit.MILLISECONDS);
                    camel.removeRoute(id);
                } catch (Exception failure) {
                    throw new IllegalStateException("the route " + id + " of " + file + " could not be stopped",
                            failure);
                }
            }
        }
    }

    private List<String> routesOf(String file) {
        return camel.getRoutes().stream()
                .filter(route -> route.getSourceResource() != null && isOf(route, file))
                .map(Route::getRouteId).toList();
    }

    private static boolean isOf(Route route, String file) {
        String location = route.getSourceResource().getLocation();
        return location.equals(file) || location.endsWith(":" + file);
    }
}
