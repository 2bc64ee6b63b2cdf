package dev.sverka.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor behind an authority that the JDK does not know. */
class TrustTest {

    private static final HeldCertificate ROOT = new HeldCertificate.Builder().certificateAuthority(1)
            .commonName("Sverka Test Root").build();
    private static final HeldCertificate MIDDLE = new HeldCertificate.Builder().certificateAuthority(0)
            .commonName("Sverka Test Sub").signedBy(ROOT).build();

    @TempDir
    Path folder;

    private static HeldCertificate.Builder leaf() {
        return new HeldCertificate.Builder().commonName("127.0.0.1").addSubjectAlternativeName("127.0.0.1")
                .signedBy(MIDDLE);
    }

    private static HttpsServer serve(HandshakeCertificates certificates) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.sslContext()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int status(HttpsServer server, Path rootCa) throws NoAnswer {
        HttpUrl url = HttpUrl.get("https://127.0.0.1:" + server.getAddress().getPort() + "/");
        Door door = new Doors((bucket, capacity, perSecond) -> Duration.ZERO)
                .open("tochka.main", url, Duration.ofSeconds(5), new Door.Limit(1, 1), rootCa);
        return door.once("get", new Request.Builder().url(url).build()).status();
    }

    private Path pem(HeldCertificate... certificates) throws Exception {
        StringBuilder text = new StringBuilder();
        for (HeldCertificate one : certificates) {
            text.append(one.certificatePem());
        }
        return Files.writeString(folder.resolve("ca.pem"), text);
    }

    @Test
    void anAuthorityFromTheFileIsBelievedAndWithoutItIsNot() throws Exception {
        HttpsServer server = serve(new HandshakeCertificates.Builder()
                .heldCertificate(leaf().build(), MIDDLE.certificate()).build());
        try {
            assertThat(status(server, pem(ROOT))).isEqualTo(200);
            assertThatThrownBy(() -> status(server, null)).isInstanceOf(NoAnswer.class)
                    .hasCauseInstanceOf(SSLHandshakeException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatLeavesTheIntermediateOutIsBelievedWhereTheFileHoldsIt() throws Exception {
        HttpsServer server = serve(new HandshakeCertificates.Builder().heldCertificate(leaf().build()).build());
        try {
            assertThatThrownBy(() -> status(server, pem(ROOT))).isInstanceOf(NoAnswer.class);
            assertThat(status(server, pem(ROOT, MIDDLE))).isEqualTo(200);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anExpiredCertificateAndAForeignNameAreRefusedAllTheSame() throws Exception {
        long now = System.currentTimeMillis();
        HeldCertificate expired = leaf().validityInterval(now - TimeUnit.DAYS.toMillis(9),
                now - TimeUnit.DAYS.toMillis(1)).build();
        HeldCertificate foreign = new HeldCertificate.Builder().addSubjectAlternativeName("example.org")
                .signedBy(MIDDLE).build();
        for (HeldCertificate bad : new HeldCertificate[] {expired, foreign}) {
            HttpsServer server = serve(new HandshakeCertificates.Builder()
                    .heldCertificate(bad, MIDDLE.certificate()).build());
            try {
                assertThatThrownBy(() -> status(server, pem(ROOT))).isInstanceOf(NoAnswer.class);
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void theJdksAuthoritiesStayBelieved() throws Exception {
        assertThat(Trust.with(pem(ROOT)).manager().getAcceptedIssuers()).contains(ROOT.certificate())
                .hasSizeGreaterThan(10);
    }

    @Test
    void aFileWithoutCertificatesIsToldByItsName() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        assertThatThrownBy(() -> Trust.with(empty)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.pem");
        assertThatThrownBy(() -> Trust.with(folder.resolve("absent.pem"))).hasMessageContaining("absent.pem");
    }
}
