package dev.sverka.desk.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A browser that has been given the password for {@code /api} sends it with what any page makes it send; a call that
 * changes something must not come from a foreign one. Programs send neither header and are let through.
 */
final class OwnPagesOnly extends OncePerRequestFilter {

    private static final Set<String> ASKS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final @Nullable String publicHost;

    /** @param publicUrl how people reach this daemon, null where that is not told */
    OwnPagesOnly(@Nullable String publicUrl) {
        this.publicHost = publicUrl == null ? null : host(publicUrl);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!ASKS.contains(request.getMethod()) && isForeign(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN.contains(site)) {
            return true;
        }
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        String from = host(origin);
        return from == null || !from.equals(request.getHeader("Host")) && !from.equals(publicHost);
    }

    /** Host and port as a browser writes them; null for what is no address, such as {@code null}. */
    private static @Nullable String host(String address) {
        try {
            return URI.create(address).getAuthority();
        } catch (IllegalArgumentException odd) {
            return null;
        }
    }
}
