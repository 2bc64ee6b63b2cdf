package dev.sverka.core.connector;

/** The headers that travel with a message from where it was read to where its work ends. */
public final class SyncHeaders {

    /** The account at the vendor it came from, such as {@code tbank.main}. */
    public static final String ACCOUNT = "SyncAccount";
    /** What it is about, such as {@code payment} or {@code operation}. */
    public static final String ENTITY = "SyncEntity";
    /** The vendor's id of it. */
    public static final String ID = "SyncId";
    /** The vendor's version of it; absent where the feed has none. */
    public static final String VERSION = "SyncVersion";
    /** Entries with one key are worked on in order; the id unless the route sets it. */
    public static final String KEY = "SyncKey";
    /** The journal entry that is being worked on. */
    public static final String ENTRY = "SyncEntry";

    private SyncHeaders() {
    }
}
