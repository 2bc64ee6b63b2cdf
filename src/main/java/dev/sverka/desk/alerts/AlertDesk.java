package dev.sverka.desk.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people are shown of alerts, and how they try a channel. */
public interface AlertDesk {

    /** @param told whether a channel has taken it; in quiet hours, and without a channel, none has */
    record Open(String text, Instant raisedAt, boolean told) {
    }

    /** Those that stand, the oldest first. */
    List<Open> open();

    /** How many of each kind stand, 0 among them: paused, down, silent, dead, refused, proof, gap, channel. */
    Map<String, Long> kinds();

    /** Names of the ways to people that are set up, such as {@code Telegram}. */
    List<String> channels();

    /**
     * Sends a word of trial.
     *
     * @param by who asked for it
     * @return why it was not taken; empty where it was
     * @throws IllegalArgumentException where no such channel is set up
     */
    Optional<String> test(String channel, String by);
}
