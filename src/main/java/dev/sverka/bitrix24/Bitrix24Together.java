package dev.sverka.bitrix24;

import dev.sverka.bitrix24.Bitrix24Client.Outcome;
import dev.sverka.http.VendorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lets writes that wait at the same time travel in one batch (bitrix24.md section 5): whoever comes first carries what has
 * gathered meanwhile. A batch grows while it ends early and shrinks when its answer is lost. Each write keeps its own
 * verdict: in a batch whose answer was lost all are unclear, and each is settled by its own marker.
 */
final class Bitrix24Together {

    /** Inside the vendor's 60 s with room to spare (section 3.4). */
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final int FIRST = 10;

    private final Bitrix24Client client;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock carrying = new ReentrantLock();
    private int most = FIRST;

    Bitrix24Together(Bitrix24Client client) {
        this.client = client;
    }

    private static final class Waiting {
        private final Bitrix24Command command;
        private @Nullable Outcome outcome;

        Waiting(Bitrix24Command command) {
            this.command = command;
        }
    }

    /** Writes once. @return what stands under {@code result} @throws VendorException this write's own verdict */
    JsonNode write(Bitrix24Command command) {
        if (!command.mayTravelTogether()) {
            return client.write(command.method(), command.parameters());
        }
        Waiting mine = new Waiting(command);
        waiting.add(mine);
        carrying.lock();
        try {
            while (mine.outcome == null) {
                carry(gather());
            }
            return mine.outcome.orElseThrow();
        } finally {
            carrying.unlock();
        }
    }

    private List<Waiting> gather() {
        List<Waiting> gathered = new ArrayList<>();
        for (Waiting next = waiting.peek(); next != null && gathered.size() < most(next); next = waiting.peek()) {
            gathered.add(waiting.remove());
        }
        return gathered;
    }

    private int most(Waiting next) {
        return Math.min(most, client.governor().room(next.command.method(), LONGEST));
    }

    private void carry(List<Waiting> gathered) {
        if (gathered.size() == 1) {
            gathered.get(0).outcome = alone(gathered.get(0).command);
            return;
        }
        Map<String, Bitrix24Command> batch = new LinkedHashMap<>();
        for (int i = 0; i < gathered.size(); i++) {
            batch.put("w" + i, gathered.get(i).command);
        }
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        try {
            outcomes.putAll(client.batch(batch, true));
            most = Math.min(Bitrix24Client.PAGE, most * 2);
        } catch (VendorException failure) {
            most = Math.max(1, gathered.size() / 2);
            batch.keySet().forEach(name -> outcomes.put(name, new Outcome(null, failure)));
        } catch (RuntimeException broken) {
            batch.keySet().forEach(name -> outcomes.put(name, new Outcome(null, unclear(broken))));
        }
        for (int i = 0; i < gathered.size(); i++) {
            gathered.get(i).outcome = outcomes.get("w" + i);
        }
    }

    private Outcome alone(Bitrix24Command command) {
        try {
            return new Outcome(client.write(command.method(), command.parameters()), null);
        } catch (VendorException failure) {
            return new Outcome(null, failure);
        } catch (RuntimeException broken) {
            return new Outcome(null, unclear(broken));
        }
    }

    private VendorException unclear(RuntimeException broken) {
        return new VendorException.Unclear(client.account(), 0, "", client.account() + ": " + broken, broken);
    }
}
