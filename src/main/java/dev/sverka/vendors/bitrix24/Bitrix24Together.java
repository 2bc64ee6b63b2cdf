package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.VendorException;
import dev.sverka.vendors.bitrix24.Bitrix24Client.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Lets calls that wait at the same time travel in one batch (bitrix24.md section 5), writes apart from reads: whoever
 * comes first carries what has gathered meanwhile. A batch grows while it ends early and shrinks when its answer is
 * lost. Each call keeps its own verdict: writes in a batch whose answer was lost are unclear, and each is settled by its
 * own marker; reads are asked again.
 */
final class Bitrix24Together {

    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Together.class);
    /** Inside the vendor's 60 s with room to spare (section 3.4). */
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final int FIRST = 10;
    /** More at a time are answered with faults (section 13, row 29). */
    private static final int CARRIERS = 2;

    private final Bitrix24Client client;
    private final boolean writes;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final Semaphore carriers = new Semaphore(CARRIERS);
    private volatile int most = FIRST;

    private Bitrix24Together(Bitrix24Client client, boolean writes) {
        this.client = client;
        this.writes = writes;
    }

    static Bitrix24Together writes(Bitrix24Client client) {
        return new Bitrix24Together(client, true);
    }

    static Bitrix24Together reads(Bitrix24Client client) {
        return new Bitrix24Together(client, false);
    }

    /** @param together whether others travelled with it */
    private record Waiting(Bitrix24Command command, CompletableFuture<Outcome> outcome, AtomicBoolean together) {
    }

    /** Calls once. @return what stands under {@code result} @throws VendorException this call's own verdict */
    JsonNode call(Bitrix24Command command) {
        if (!command.mayTravelTogether()) {
            return alone(command).orElseThrow();
        }
        Waiting mine = new Waiting(command, new CompletableFuture<>(), new AtomicBoolean());
        synchronized (waiting) {
            waiting.add(mine);
        }
        carriers.acquireUninterruptibly();
        try {
            while (!mine.outcome().isDone()) {
                List<Waiting> gathered = gather();
                if (gathered.isEmpty()) {
                    break;
                }
                carry(gathered);
            }
        } finally {
            carriers.release();
        }
        Outcome outcome = mine.outcome().join();
        if (mine.together().get()) {
            // the batch's own line bears the trace of whoever carried it
            LOG.debug("{} {} -> {} in a batch", client.account(), command.method(),
                    outcome.failure() == null ? "done" : "failed");
        }
        return outcome.orElseThrow();
    }

    private List<Waiting> gather() {
        synchronized (waiting) {
            List<Waiting> gathered = new ArrayList<>();
            while (!waiting.isEmpty() && gathered.size() < most(waiting.peek())) {
                gathered.add(waiting.remove());
            }
            return gathered;
        }
    }

    private int most(Waiting next) {
        return Math.min(most, client.governor().room(next.command().method(), LONGEST));
    }

    private void carry(List<Waiting> gathered) {
        if (gathered.size() == 1) {
            gathered.get(0).outcome().complete(alone(gathered.get(0).command()));
            return;
        }
        gathered.forEach(one -> one.together().set(true));
        Map<String, Bitrix24Command> batch = new LinkedHashMap<>();
        for (int i = 0; i < gathered.size(); i++) {
            batch.put("w" + i, gathered.get(i).command());
        }
        Map<String, Outcome> outcomes = carried(batch);
        for (int i = 0; i < gathered.size(); i++) {
            gathered.get(i).outcome().complete(outcomes.get("w" + i));
        }
    }

    private Map<String, Outcome> carried(Map<String, Bitrix24Command> batch) {
        VendorException failure;
        try {
            Map<String, Outcome> outcomes = client.batch(batch, writes);
            most = Math.min(Bitrix24Client.PAGE, most * 2);
            return outcomes;
        } catch (VendorException verdict) {
            failure = verdict;
        } catch (RuntimeException broken) {
            failure = broken(broken);
        }
        most = Math.max(1, batch.size() / 2);
        Outcome outcome = new Outcome(null, failure);
        return batch.keySet().stream().collect(Collectors.toMap(name -> name, name -> outcome));
    }

    private Outcome alone(Bitrix24Command command) {
        try {
            return new Outcome(writes ? client.write(command.method(), command.parameters())
                    : client.read(command.method(), command.parameters()), null);
        } catch (VendorException failure) {
            return new Outcome(null, failure);
        } catch (RuntimeException broken) {
            return new Outcome(null, broken(broken));
        }
    }

    private VendorException broken(RuntimeException broken) {
        String message = client.account() + ": " + broken;
        return writes ? new VendorException.Unclear(client.account(), 0, "", message, broken)
                : new VendorException.Transient(client.account(), 0, "", message, null, broken);
    }
}
