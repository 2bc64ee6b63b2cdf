package dev.sverka.core.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.springframework.dao.DataIntegrityViolationException;

/** What is accepted at the same moment shares one transaction; everyone is answered after its commit. */
final class Arrivals {

    private record Arrival(List<Journal.News> news, CompletableFuture<List<Long>> answer) {
    }

    private final Function<List<Journal.News>, List<Long>> placing;
    private final Batches<Arrival> batches = new Batches<>("journal-accept", this::settle);

    /** @param placing stores all or nothing in one transaction, and tells the ids in the order of the news */
    Arrivals(Function<List<Journal.News>, List<Long>> placing) {
        this.placing = placing;
    }

    /** All of it or nothing; durable when it returns. */
    List<Long> store(List<Journal.News> news) {
        Arrival arrival = new Arrival(news, new CompletableFuture<>());
        batches.add(arrival);
        try {
            return arrival.answer().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void settle(List<Arrival> group) {
        try {
            List<Journal.News> news = new ArrayList<>();
            group.forEach(arrival -> news.addAll(arrival.news()));
            List<Long> ids = placing.apply(news);
            int from = 0;
            for (Arrival arrival : group) {
                int to = from + arrival.news().size();
                arrival.answer().complete(ids.subList(from, to));
                from = to;
            }
        } catch (DataIntegrityViolationException e) {
            alone(group, e);
        } catch (RuntimeException | Error e) {
            group.forEach(arrival -> arrival.answer().completeExceptionally(e));
        }
    }

    /** One that cannot be stored must not take its neighbours with it. */
    private void alone(List<Arrival> group, DataIntegrityViolationException e) {
        if (group.size() == 1) {
            group.get(0).answer().completeExceptionally(e);
        } else {
            group.forEach(arrival -> settle(List.of(arrival)));
        }
    }
}
