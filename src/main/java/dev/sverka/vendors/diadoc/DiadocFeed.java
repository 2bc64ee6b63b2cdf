package dev.sverka.vendors.diadoc;

import dev.sverka.core.connector.Daily;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The documents of an account's boxes that an event touched, each as it is now. */
final class DiadocFeed implements Feed {

    /** A box that is refused is asked for again so much later; others go on (diadoc.md section 5). */
    private static final Duration UNTIL_PROBED = Duration.ofHours(6);
    /** So many boxes fit into a position; each asks once a poll. */
    private static final int BOXES = 15;
    private static final Duration PER_ACCOUNT = Duration.ofSeconds(1);

    private final DiadocProperties properties;
    private final Function<String, DiadocAccount> accounts;
    private final Clock clock;
    private final Daily sweeps;

    /** @param zone in which {@code sverka.sweep.diadoc} is meant */
    DiadocFeed(DiadocProperties properties, Function<String, DiadocAccount> accounts, Clock clock, ZoneId zone) {
        this.properties = properties;
        this.accounts = accounts;
        this.clock = clock;
        this.sweeps = new Daily(properties.sweep().diadoc(), zone);
    }

    @Override
    public Duration every() {
        Duration least = PER_ACCOUNT.multipliedBy(Math.max(1, properties.diadoc().size()));
        Duration wanted = properties.poll().diadoc();
        return wanted.compareTo(least) < 0 ? least : wanted;
    }

    Period history() {
        return properties.history().diadoc();
    }

    boolean isRereadDue(DiadocProgress progress, Instant now) {
        Instant last = progress.reread();
        return last == null || !now.isBefore(last.plus(properties.reread().diadoc()));
    }

    boolean isSweepDue(DiadocProgress progress, Instant now) {
        Instant last = progress.swept();
        return last == null || last.isBefore(sweeps.lastDue(now));
    }

    /** The position: {@link DiadocProgress} by box. */
    @Override
    public Pages open(String account, Map<String, String> position) {
        return new Boxes(accounts.apply(account), position);
    }

    private final class Boxes implements Pages {

        private final DiadocAccount account;
        private final Map<String, String> position;
        private final Deque<String> boxes;
        private final boolean several;
        private @Nullable DiadocWalk walk;
        private @Nullable VendorException refusal;
        private boolean ended;

        Boxes(DiadocAccount account, Map<String, String> position) {
            this.account = account;
            this.position = new LinkedHashMap<>(position);
            List<String> own = account.boxes().own();
            if (own.size() > BOXES) {
                throw new VendorException.Refused(account.client().account(), 0, "boxes", account.client().account()
                        + " has " + own.size() + " boxes, and one account reads at most " + BOXES + ": name one in"
                        + " box-id, and give each of the others an account of its own");
            }
            this.boxes = new ArrayDeque<>(own);
            this.several = own.size() > 1;
        }

        @Override
        public @Nullable Page next() {
            while (!boxes.isEmpty()) {
                String box = boxes.element();
                List<News> news = nextOf(box);
                if (news != null) {
                    return new Page(news, Map.copyOf(position), false);
                }
                walk = null;
                boxes.remove();
            }
            if (refusal != null && ended) {
                throw refusal;
            }
            boolean first = !ended;
            ended = true;
            return first ? new Page(List.of(), Map.copyOf(position), refusal == null) : null;
        }

        private @Nullable List<News> nextOf(String box) {
            DiadocWalk present = walk;
            if (present == null) {
                DiadocProgress before = position.containsKey(box) ? DiadocProgress.parse(position.get(box))
                        : DiadocProgress.first(clock.instant());
                Instant stopped = before.stopped();
                if (several && stopped != null && clock.instant().isBefore(stopped)) {
                    return null;
                }
                present = new DiadocWalk(account, box, DiadocFeed.this, clock, before);
                walk = present;
            }
            try {
                List<News> news = present.next();
                position.put(box, present.progress().toString());
                return news;
            } catch (VendorException.AuthLost lost) {
                if (!several || !lost.code().equals(DiadocErrors.BOX)) {
                    throw lost;
                }
                refusal = lost;
                position.put(box, present.progress().stoppedUntil(clock.instant().plus(UNTIL_PROBED)).toString());
                return null;
            }
        }
    }
}
