package dev.sverka.vendors.bitrix24;

import dev.sverka.core.state.Links;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a portal is. A renamed portal answers 302 (bitrix24.md section 1.4): it is followed to another name under the
 * same domain, by https, once an event with the pinned {@code member_id} came from there; only its host is taken over.
 */
final class Bitrix24Address {

    /** Old host → new host. */
    private static final String RENAMED = "bitrix24-renamed";
    /** Account → the domain that the pinned portal's latest event named. */
    private static final String DOMAIN = "bitrix24-domain";
    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Address.class);

    private final String account;
    private final Links links;
    private volatile URI base;

    /** @param configured {@code https://PORTAL/rest/USER/SECRET} without a slash at the end */
    Bitrix24Address(String account, URI configured, Links links) {
        this.account = account;
        this.links = links;
        this.base = links.right(RENAMED, configured.getAuthority())
                .map(host -> withHost(configured, host)).orElse(configured);
    }

    String of(String method) {
        return base + "/" + method;
    }

    /** Where people see something in their browser. */
    String page(String path) {
        return base.getScheme() + "://" + base.getRawAuthority() + "/" + path;
    }

    /** The portal's {@code member_id}, which no rename changes; until an event told it, its host. */
    String portal() {
        return links.right(Bitrix24Hook.PINNED, account.substring(account.indexOf('.') + 1)).orElseGet(base::getHost);
    }

    /** Notes the domain of an event whose token and {@code member_id} hold. */
    static void proven(Links links, String account, String domain) {
        if (!domain.isBlank() && links.right(DOMAIN, account).filter(domain::equals).isEmpty()) {
            links.link(DOMAIN, account, domain);
        }
    }

    /** The host and port that are called now. */
    String host() {
        return base.getAuthority();
    }

    /**
     * @param asked the host that sent us there: another call may have followed it meanwhile
     * @return whether the portal is now called elsewhere; a second request may go out
     */
    synchronized boolean follow(String location, String asked) {
        if (!asked.equals(base.getAuthority())) {
            return true;
        }
        URI target;
        try {
            target = URI.create(location);
        } catch (IllegalArgumentException nonsense) {
            return false;
        }
        String host = target.getAuthority();
        if (host == null || target.getUserInfo() != null || !isSafe(target) || !isNamedAlike(target.getHost())) {
            return false;
        }
        if (host.equals(base.getAuthority())) {
            return false;
        }
        Optional<String> domain = links.right(DOMAIN, account);
        if (domain.filter(known -> known.equalsIgnoreCase(host) || known.equalsIgnoreCase(target.getHost()))
                .isEmpty()) {
            return false;
        }
        String before = base.getAuthority();
        links.link(RENAMED, before, host);
        base = withHost(base, host);
        LOG.error("{}: the portal was renamed from {} to {} and is called there from now on; change sverka.{}.url",
                account,
                before, host, account);
        return true;
    }

    /** Plain http only where the portal itself is a stand-in on this machine. */
    private boolean isSafe(URI target) {
        return "https".equals(target.getScheme()) || "http".equals(target.getScheme())
                && "http".equals(base.getScheme()) && isLoopback(base) && isLoopback(target);
    }

    private boolean isNamedAlike(String host) {
        String known = base.getHost();
        return host.equalsIgnoreCase(known) || !known.matches("[\\d.]+") && domain(known).contains(".")
                && domain(host).equalsIgnoreCase(domain(known));
    }

    private static String domain(String host) {
        return host.substring(host.indexOf('.') + 1);
    }

    private static boolean isLoopback(URI uri) {
        try {
            return InetAddress.getByName(uri.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static URI withHost(URI uri, String host) {
        return URI.create(uri.getScheme() + "://" + host + uri.getRawPath());
    }
}
