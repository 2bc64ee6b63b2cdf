package dev.sverka.core.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Certificate authorities that one vendor needs beside the JDK's: the Russian national root signs some banks, and whom
 * it vouches for elsewhere is not believed. Every other check of a certificate stays as it is.
 *
 * @param factory makes the sockets
 * @param manager decides on the certificates
 */
record Trust(SSLSocketFactory factory, X509TrustManager manager) {

    /**
     * @param pem certificates, one after another; an intermediate one helps where a server leaves it out
     * @throws IllegalArgumentException where the file cannot be read or holds none
     */
    static Trust with(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            Collection<? extends Certificate> added = CertificateFactory.getInstance("X.509")
                    .generateCertificates(file);
            if (added.isEmpty()) {
                throw new IllegalArgumentException(pem + " holds no certificate; it must be in PEM form");
            }
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (Certificate one : Stream.concat(Stream.of(manager(null).getAcceptedIssuers()), added.stream()
                    .map(X509Certificate.class::cast)).toList()) {
                all.setCertificateEntry(Integer.toString(number++), one);
            }
            X509TrustManager manager = manager(all);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return new Trust(context.getSocketFactory(), manager);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(pem + " cannot be read as certificates: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return Stream.of(factory.getTrustManagers()).filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast).findFirst().orElseThrow();
    }

    OkHttpClient.Builder applied(OkHttpClient.Builder client) {
        return client.sslSocketFactory(factory, manager);
    }
}
