package dev.sverka.sandbox.saby;

import java.time.Duration;

/** How the provider deviates from a good day (saby.md section 10). All off at first, so that a plain test is plain. */
public final class SabySwitches {

    int cap = 100;
    int repeats;
    int eventless;
    boolean colons;
    boolean confirms;
    boolean reports;
    int errorStatus = 500;
    int partials;
    int notReady;
    String elsewhere;
    boolean tokensOnly;
    boolean sparing;
    Duration pause = Duration.ZERO;

    /** Pages of changes end after so many. */
    public SabySwitches pagesOf(int changes) {
        cap = changes;
        return this;
    }

    /** The next so many pages begin with a change told before. */
    public SabySwitches repeats(int pages) {
        repeats = pages;
        return this;
    }

    /** The next so many pages hold no events. */
    public SabySwitches withoutEvents(int pages) {
        eventless = pages;
        return this;
    }

    /** Filters by time take colons only. */
    public SabySwitches colons(boolean on) {
        colons = on;
        return this;
    }

    /** A log-in by password asks a person for a code. */
    public SabySwitches confirms(boolean on) {
        confirms = on;
        return this;
    }

    /** Reports to authorities stand among the changes. */
    public SabySwitches reports(boolean on) {
        reports = on;
        return this;
    }

    /** The next so many documents are shown in part only. */
    public SabySwitches partly(int documents) {
        partials = documents;
        return this;
    }

    /** The next so many files are not ready yet. */
    public SabySwitches notReady(int files) {
        notReady = files;
        return this;
    }

    /** Links to files lead on to this address. */
    public SabySwitches leadsTo(String url) {
        elsewhere = url;
        return this;
    }

    /** Whoever begins to read the changes again sooner is refused with 429 (section 11). */
    public SabySwitches atMostEvery(Duration least) {
        pause = least;
        return this;
    }

    /** Errors come with this status, 200 perhaps. */
    public SabySwitches errorStatus(int status) {
        errorStatus = status;
        return this;
    }

    /** An application is given a token and no session. */
    public SabySwitches tokensOnly(boolean on) {
        tokensOnly = on;
        return this;
    }

    /** Records of changes tell what changed and no more, and lists say nothing of further pages. */
    public SabySwitches sparing(boolean on) {
        sparing = on;
        return this;
    }
}
