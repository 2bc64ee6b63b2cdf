package dev.sverka.sandbox.saby;

/** How the provider deviates from a good day (saby.md section 10). All off at first, so that a plain test is plain. */
public final class SabySwitches {

    int cap = 100;
    int repeats;
    int eventless;
    boolean colons;
    boolean confirms;
    boolean reports;
    int errorStatus = 500;

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

    /** Errors come with this status, 200 perhaps. */
    public SabySwitches errorStatus(int status) {
        errorStatus = status;
        return this;
    }
}
