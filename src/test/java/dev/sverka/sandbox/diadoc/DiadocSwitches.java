package dev.sverka.sandbox.diadoc;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How Diadoc deviates from a good day (diadoc.md section 13). All off at first, so that a plain test is plain. */
public final class DiadocSwitches {

    int cap = 100;
    int repeats;
    int empties;
    int conflicts;
    boolean manyCounted;
    boolean sunset;
    final Set<String> unreadable = new HashSet<>();
    final Set<String> genuine = new HashSet<>();
    boolean rotates = true;
    boolean cursorsLost;
    Duration lives = Duration.ofHours(1);
    String accessLevel = "AllDocuments";
    final Set<String> removed = new HashSet<>();
    final Map<String, Integer> refused = new HashMap<>();

    /** Pages of events end after so many though more follow. */
    public DiadocSwitches pagesOf(int events) {
        cap = events;
        return this;
    }

    /** The next so many pages after a cursor begin with an event from before it. */
    public DiadocSwitches repeatsOldEvent(int pages) {
        repeats = pages;
        return this;
    }

    /** The next so many pages are empty though events follow. */
    public DiadocSwitches emptyPages(int pages) {
        empties = pages;
        return this;
    }

    /** The next so many calls for events get 409. */
    public DiadocSwitches conflict(int calls) {
        conflicts = calls;
        return this;
    }

    /** More is counted than is there. */
    public DiadocSwitches manyCounted(boolean on) {
        manyCounted = on;
        return this;
    }

    public DiadocSwitches sunset(boolean on) {
        sunset = on;
        return this;
    }

    /** Whether a refresh token dies by being used, and another one comes with the answer. */
    public DiadocSwitches rotates(boolean on) {
        rotates = on;
        return this;
    }

    public DiadocSwitches tokensLive(Duration time) {
        lives = time;
        return this;
    }

    /** Every cursor is answered with 400 until {@code false}. */
    public DiadocSwitches cursorsLost(boolean on) {
        cursorsLost = on;
        return this;
    }

    /** A version of a method, such as {@code V5}, is gone: 410. */
    public DiadocSwitches removed(String version) {
        removed.add(version);
        return this;
    }

    /** A box is refused with 402 or 403; 0 lets it in again. */
    public DiadocSwitches refused(String box, int status) {
        refused.put(box, status);
        return this;
    }

    public DiadocSwitches accessLevel(String level) {
        accessLevel = level;
        return this;
    }

    /** A box is of no test organisation; all are otherwise, as in the sheet's samples. */
    public DiadocSwitches genuine(String box) {
        genuine.add(box);
        return this;
    }

    /** Every page with an event of this document is answered with 409. */
    public DiadocSwitches unreadable(String paper) {
        unreadable.add(paper);
        return this;
    }
}
