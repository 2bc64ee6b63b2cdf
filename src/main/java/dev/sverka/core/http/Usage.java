package dev.sverka.core.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whoever keeps a vendor's limit tells how much of it is used at this moment. */
public interface Usage {

    /** What is known in this process; a limit that nobody has asked for since the start is not. */
    List<Used> used();

    /**
     * A limit and what is used of it.
     *
     * @param account such as {@code bitrix24.main}
     * @param method whose operating time it is; null where it is the account's requests
     * @param used requests, or milliseconds of operating time
     * @param limit in the same measure
     */
    record Used(String account, @Nullable String method, long used, long limit) {

        /** Whole, 0 to 100. */
        public int percent() {
            return limit <= 0 ? 0 : (int) Math.min(100, used * 100 / limit);
        }
    }
}
