package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Difference;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.portal.Provision;
import dev.sverka.core.state.Declared;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Brings one portal to its declaration: looks, does what can be done, looks again, until there is nothing left. What
 * was made is known by its name and code alone, so a run can end at any call and the next goes on.
 */
final class Bitrix24Provision implements Provision {

    /** So many changes of the schema fit into the 60 s of a request (bitrix24.md sections 3.3, 6.2). */
    private static final int AT_ONCE = 20;
    /** Far more than a portal ever took. */
    private static final int ROUNDS = 40;
    private static final Duration BREATH = Duration.ofSeconds(2);
    /** The portal's budgets are full again after ten minutes (section 3.2); this is somewhat more. */
    private static final Duration UNTIL_ROOM = Duration.ofSeconds(10);
    private static final int ROOM_ASKED = 75;

    private final Supplier<Bitrix24Client> portal;
    private final Declared<Portal> declared;
    private final @Nullable String publicUrl;
    private final Duration longest;
    private final int tries;

    /**
     * @param longest how long the portal may go on with a call that was not answered
     * @param tries how often in a row a call may fail before the run gives up
     */
    Bitrix24Provision(Supplier<Bitrix24Client> portal, Declared<Portal> declared, @Nullable String publicUrl,
            Duration longest, int tries) {
        this.portal = portal;
        this.declared = declared;
        this.publicUrl = publicUrl;
        this.longest = longest;
        this.tries = tries;
    }

    /** One run over a portal. */
    private final class Run {
        final Bitrix24Client client = portal.get();
        final Bitrix24Survey survey = new Bitrix24Survey(client);
        final Portal wanted = declared.get();
        final Map<List<?>, Map<Bitrix24Held.Process, List<Bitrix24Held.Field>>> others = new HashMap<>();
        /** What the portal refused to do and nobody needs. */
        final Set<Difference> refused = new HashSet<>();
        int most = AT_ONCE;
        int failures;
        int putOff;
        @Nullable Bitrix24Held held;

        List<Bitrix24Step> look(Set<String> anew) {
            held = survey.look(wanted, held, anew);
            return new Bitrix24Comparison(wanted, held, processes -> others.computeIfAbsent(processes,
                    key -> survey.fieldsOf(processes))).steps().stream()
                    .filter(step -> !refused.contains(step.line())).toList();
        }

        List<Difference> carryOut(Consumer<Difference> done) {
            List<Bitrix24Step> steps = look(Set.of());
            if (steps.stream().anyMatch(Bitrix24Step::canBeDone)) {
                mustBeAllowed(client);
            }
            for (int round = 0; round < ROUNDS + putOff; round++) {
                List<Bitrix24Step> now = steps.stream().filter(Bitrix24Step::canBeDone).toList();
                if (now.isEmpty()) {
                    return lines(steps);
                }
                Set<String> touched = new HashSet<>();
                try {
                    round(now, touched, done);
                    failures = 0;
                } catch (VendorException failure) {
                    rest(failure);
                }
                steps = look(touched);
            }
            throw new IllegalStateException(client.account() + ": after " + ROUNDS + " rounds the portal still"
                    + " differs; look whether somebody else changes it at this moment, and run it again");
        }

        private void round(List<Bitrix24Step> steps, Set<String> touched, Consumer<Difference> done) {
            List<Bitrix24Step> alone = steps.stream().filter(Bitrix24Step::alone).toList();
            for (Bitrix24Step step : alone) {
                touched.add(step.entity());
                Bitrix24Command command = step.make().command(client);
                client.write(command.method(), command.parameters());
                done.accept(step.line());
            }
            List<Bitrix24Step> together = steps.stream().filter(step -> !step.alone()).toList();
            for (int i = 0; i < together.size(); i += most) {
                List<Bitrix24Step> some = together.subList(i, Math.min(together.size(), i + most));
                some.forEach(step -> touched.add(step.entity()));
                batch(some, done);
            }
        }

        private void batch(List<Bitrix24Step> steps, Consumer<Difference> done) {
            Map<String, Bitrix24Step> named = new LinkedHashMap<>();
            Map<String, Bitrix24Command> commands = new LinkedHashMap<>();
            for (Bitrix24Step step : steps) {
                String name = "c" + named.size();
                named.put(name, step);
                commands.put(name, step.make().command(client));
            }
            Map<String, Bitrix24Client.Outcome> outcomes;
            try {
                outcomes = client.batch(commands, true);
            } catch (VendorException failure) {
                most = Math.max(1, steps.size() / 2);
                throw failure;
            }
            List<VendorException> failed = new ArrayList<>();
            outcomes.forEach((name, outcome) -> {
                Bitrix24Step step = named.get(name);
                if (outcome.failure() == null) {
                    done.accept(step.line());
                } else if (step.optional() && outcome.failure() instanceof VendorException.Refused) {
                    refused.add(step.line());
                } else {
                    failed.add(outcome.failure());
                }
            });
            if (!failed.isEmpty()) {
                throw failed.get(0);
            }
        }

        /** What may pass is waited for; what a person has to mend ends the run. */
        private void rest(VendorException failure) {
            if (failure instanceof VendorException.NotYet && ++putOff < ROOM_ASKED) {
                client.governor().rest(UNTIL_ROOM);
                return;
            }
            boolean lasting = failure instanceof VendorException.Refused || failure instanceof VendorException.AuthLost;
            if (lasting || ++failures >= tries) {
                throw failure;
            }
            client.governor().rest(failure instanceof VendorException.Unclear ? longest : BREATH);
        }
    }

    @Override
    public List<Difference> compare() {
        return lines(new Run().look(Set.of()));
    }

    @Override
    public List<Difference> apply(Consumer<Difference> done) {
        return new Run().carryOut(done);
    }

    private static List<Difference> lines(List<Bitrix24Step> steps) {
        return steps.stream().map(Bitrix24Step::line).toList();
    }

    /** Better said before the first of many changes than after half of them. */
    private static void mustBeAllowed(Bitrix24Client client) {
        Map<String, JsonNode> answers = client.readAll(Map.of("scope", new Bitrix24Command("scope", Map.of()),
                "profile", new Bitrix24Command("profile", Map.of())));
        List<String> scopes = Bitrix24Client.rows(answers.get("scope")).stream().map(one -> one.asString("")).toList();
        for (String scope : List.of("crm", "userfieldconfig")) {
            if (!scopes.contains(scope)) {
                throw refused(client, "the webhook lacks the scope " + scope + "; tick it in the incoming webhook on"
                        + " the portal");
            }
        }
        if (!answers.get("profile").path("ADMIN").asBoolean(false)) {
            throw refused(client, "the webhook's user is no administrator, and only one may change processes, funnels"
                    + " and fields; make the webhook as an administrator, at least for this command");
        }
    }

    private static VendorException refused(Bitrix24Client client, String why) {
        return new VendorException.Refused(client.account(), 0, "rights", client.account() + ": " + why);
    }

    /** The vendor has no call for outgoing webhooks (section 1.1). */
    @Override
    public List<String> byHand() {
        List<String> events = new ArrayList<>();
        List.of("deal", "lead", "contact", "company").stream().filter(kind -> declared.get().entities().values()
                .stream().anyMatch(entity -> kind.equals(entity.builtin()))).forEach(kind ->
                        Bitrix24Hook.TOLD.forEach(what -> events.add("ONCRM" + kind.toUpperCase(java.util.Locale.ROOT)
                                + what)));
        Bitrix24Hook.TOLD.forEach(what -> events.add("ONCRMDYNAMICITEM" + what));
        return List.of("On the portal: Developer resources, Other, Outgoing webhook (Разработчикам, Другое, Исходящий"
                        + " вебхук)",
                "  handler: " + (publicUrl == null ? "<sverka.public-url>/hooks/bitrix24 (sverka.public-url is not set)"
                        : publicUrl + "/hooks/bitrix24"),
                "  events:  " + String.join(", ", events),
                "  its application token belongs into the key sverka.bitrix24.main.application-token");
    }
}
