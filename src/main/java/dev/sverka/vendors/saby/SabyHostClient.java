package dev.sverka.vendors.saby;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.NoAnswer;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The provider's address and its mirror: where one cannot be reached the other is asked, and kept to (section 2). */
final class SabyHostClient {

    private static final Logger LOG = LoggerFactory.getLogger(SabyHostClient.class);
    private static final String OLD = ".sbis.ru";
    private static final String NEW = ".saby.ru";

    private final HttpUrl first;
    private final @Nullable HttpUrl mirror;
    private volatile boolean mirrored;

    SabyHostClient(HttpUrl first, @Nullable HttpUrl mirror) {
        this.first = first;
        this.mirror = mirror;
    }

    /** @throws IllegalArgumentException where one of them is no address */
    static SabyHostClient of(String name, SabyProperties.Account configured) {
        HttpUrl first = address(name, "url", configured.url());
        String mirror = configured.mirrorUrl();
        if (mirror != null && !mirror.isBlank()) {
            return new SabyHostClient(first, address(name, "mirror-url", mirror));
        }
        return new SabyHostClient(first, !first.host().endsWith(OLD) ? null : first.newBuilder()
                .host(first.host().substring(0, first.host().length() - OLD.length()) + NEW).build());
    }

    private static HttpUrl address(String name, String key, String url) {
        HttpUrl address = HttpUrl.parse(url);
        if (address == null) {
            throw new IllegalArgumentException("sverka.saby." + name + "." + key + " is no address");
        }
        return address;
    }

    HttpUrl first() {
        return first;
    }

    @Nullable HttpUrl mirror() {
        return mirror;
    }

    /** The address of a link that leads to the provider itself; null for any other: the session goes nowhere else. */
    @Nullable HttpUrl own(String link) {
        HttpUrl url = first.resolve(link);
        if (url == null || !url.isHttps() && !url.scheme().equals(first.scheme())) {
            return null;
        }
        boolean same = List.of(first, mirror == null ? first : mirror).stream()
                .anyMatch(one -> one.host().equals(url.host()) && one.port() == url.port());
        boolean theirs = first.host().endsWith(OLD) || first.host().endsWith(NEW);
        return same || theirs && (url.host().endsWith(OLD) || url.host().endsWith(NEW)) ? url : null;
    }

    /** Something that asks only: it may be sent to both. */
    interface CallClient {
        Answer at(HttpUrl base) throws NoAnswer;
    }

    Answer reach(CallClient asking) throws NoAnswer {
        boolean away = mirrored;
        HttpUrl other = away ? first : mirror;
        try {
            return asking.at(away && mirror != null ? mirror : first);
        } catch (NoAnswer lost) {
            if (other == null) {
                throw lost;
            }
            Answer answer = asking.at(other);
            mirrored = !away;
            LOG.info("{} is asked instead: {}", other.host(), lost.getMessage());
            return answer;
        }
    }
}
