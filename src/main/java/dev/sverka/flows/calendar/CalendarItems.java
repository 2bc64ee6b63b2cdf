package dev.sverka.flows.calendar;

import dev.sverka.core.journal.FlowSteps;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionOperations;

/** The steps of the flow, each one transaction and safe to repeat; {@code bean:calendar?method=…} in routes. */
@FlowSteps
public class CalendarItems {

    private final TransactionOperations transactions;
    private final EventKeeper keeper;
    private final UrgentNotices notices;
    private final FeedStore feeds;
    private final Clock clock;

    CalendarItems(TransactionOperations transactions, EventKeeper keeper, UrgentNotices notices, FeedStore feeds,
            Clock clock) {
        this.transactions = transactions;
        this.keeper = keeper;
        this.notices = notices;
        this.feeds = feeds;
        this.clock = clock;
    }

    /** Takes over an item as the portal holds it now. @param item with its {@code url} and {@code portal} */
    public void remember(Map<String, Object> item) {
        transactions.executeWithoutResult(status -> notices.tell(keeper.take(item), item));
    }

    /** Whether something is told of a person that is not known: the portal tells everybody each time. */
    public boolean isNewsOfPerson(Map<String, Object> person) {
        return isSaid(person) && !feeds.knows(id(person), name(person), isActive(person));
    }

    /** Takes over a person; who is dismissed loses every feed. */
    public void rememberPerson(Map<String, Object> person) {
        if (!isSaid(person)) {
            return;
        }
        transactions.executeWithoutResult(status -> {
            feeds.remember(id(person), name(person), isActive(person));
            if (!isActive(person)) {
                feeds.revokeAllOf(id(person), clock.instant());
            }
        });
    }

    private static long id(Map<String, Object> person) {
        return ((Number) Objects.requireNonNull(person.get("id"))).longValue();
    }

    private static String name(Map<String, Object> person) {
        return Stream.of("name", "lastName").map(person::get).filter(Objects::nonNull).map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    /** Whether the portal tells who works there; who is gone does not. */
    private static boolean isSaid(Map<String, Object> person) {
        return person.get("active") instanceof Boolean || Boolean.TRUE.equals(person.get("deleted"));
    }

    /** A person that is gone is no longer active. */
    private static boolean isActive(Map<String, Object> person) {
        return Boolean.TRUE.equals(person.get("active"));
    }
}
