package dev.sverka.desk.console;

import dev.sverka.flows.payments.ReviewPages.Wanted;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** How a person narrowed the list of questions, as typed: it goes with every address, so that a decision keeps it. */
record ReviewFilter(@Nullable String account, @Nullable String kind, @Nullable String q, @Nullable String min,
        @Nullable String max, @Nullable Integer days) {

    Wanted wanted() {
        return new Wanted(blank(account), blank(kind), blank(q), min == null ? null : Figures.typed(min).orElse(null),
                max == null ? null : Figures.typed(max).orElse(null), days);
    }

    /** The address of a page with this filter. */
    public String address(String path, @Nullable Long review) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("review", review);
        named.put("account", blank(account));
        named.put("kind", blank(kind));
        named.put("q", blank(q));
        named.put("min", blank(min));
        named.put("max", blank(max));
        named.put("days", days);
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        named.forEach((name, value) -> {
            if (value != null) {
                address.queryParam(name, "{" + name + "}");
            }
        });
        return address.encode().buildAndExpand(named).toUriString();
    }

    public boolean isNarrow() {
        return wanted().account() != null || wanted().kind() != null || wanted().q() != null
                || wanted().least() != null || wanted().most() != null || days != null;
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
