package dev.sverka.vendors.tochka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sverka.core.connector.Hook;
import dev.sverka.core.http.VendorException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The bank behind an authority that the JDK does not know, as since 24.08.2026. */
class TochkaTrustTest {

    @Test
    void apiAndKeyAreBothReadWithTheConfiguredAuthorityAndNeitherWithout(@TempDir Path folder) throws Exception {
        HeldCertificate root = new HeldCertificate.Builder().certificateAuthority(0).commonName("Test Root").build();
        HeldCertificate leaf = new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").signedBy(root)
                .build();
        Path pem = Files.writeString(folder.resolve("root.pem"), root.certificatePem());
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(new HandshakeCertificates.Builder().heldCertificate(leaf)
                .build().sslContext()));
        try (TochkaStage stage = new TochkaStage()) {
            server.createContext("/", exchange -> {
                byte[] body = exchange.getRequestURI().getPath().endsWith("/public")
                        ? stage.bank.events().publicKeyText() : TochkaStage.bytes("accounts");
                exchange.sendResponseHeaders(200, body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
            server.start();
            String base = "https://127.0.0.1:" + server.getAddress().getPort() + "/uapi";
            String event = event(stage);
            assertThat(hook(stage, base, pem.toString()).receive(new Hook.Request("", Map.of(),
                    event.getBytes(StandardCharsets.US_ASCII)))).hasSize(1);
            assertThat(stage.connector.account("main").client().accounts()).hasSize(3);
            Hook without = hook(stage, base, null);
            assertThatThrownBy(() -> without.receive(new Hook.Request("", Map.of(),
                    event.getBytes(StandardCharsets.US_ASCII)))).isInstanceOf(Hook.Refused.class);
            assertThatThrownBy(() -> stage.connector.account("main").client().accounts())
                    .isInstanceOf(VendorException.Transient.class).hasMessageContaining("SSLHandshakeException");
        } finally {
            server.stop(0);
        }
    }

    @SuppressWarnings("unchecked")
    private static String event(TochkaStage stage) {
        return stage.bank.events().signed(JsonMapper.builder().build()
                .readValue(TochkaStage.bytes("webhook-payload-incomingPayment"), Map.class));
    }

    private static Hook hook(TochkaStage stage, String url, String rootCa) {
        TochkaProperties.Account account = new TochkaProperties.Account(url, "key", null, null, List.of(), null,
                rootCa);
        stage.start(account, null);
        return new TochkaHook(Map.of("main", account), stage.connector::keys);
    }
}
