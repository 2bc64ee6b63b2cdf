package dev.sverka.core.connector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changed at a vendor, read window by window from a position. */
public interface Feed {

    /** How often to ask for news; less often where that is more than the account's share for polls ({@link Polls}). */
    Duration every();

    /** How many requests a poll takes that finds nothing new, as far as is known by now. */
    default double requests(String account) {
        return 1;
    }

    /**
     * Opens the next window.
     *
     * @param account short name, such as {@code main}
     * @param position where the last page ended, empty at the first time
     */
    Pages open(String account, Map<String, String> position);

    /** The pages of one window, in order. */
    interface Pages {
        /** The next page, or null when the window has been read. */
        @Nullable Page next();

        /** Joins the transaction in which a page's news went through the route: what the room itself keeps of them. */
        default void stored(Page page) {
        }
    }

    /**
     * Part of a window.
     *
     * @param news what stands on it
     * @param position saved together with the news
     * @param present whether the feed has now been read up to the present
     */
    record Page(List<News> news, Map<String, String> position, boolean present) {
    }

    /**
     * One thing that changed.
     *
     * @param version null where the vendor has none; {@code part|version} where parts of one thing change each on its own
     *     and are told under the thing's id
     * @param body what is known of it
     */
    record News(String id, @Nullable String version, Object body) {
    }
}
