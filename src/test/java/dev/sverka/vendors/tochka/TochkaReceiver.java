package dev.sverka.vendors.tochka;

import com.sun.net.httpserver.HttpServer;
import dev.sverka.core.connector.Hook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Where the bank's events arrive: the room's hook behind a real port. */
final class TochkaReceiver implements AutoCloseable {

    final List<Hook.Pushed> told = new CopyOnWriteArrayList<>();
    final List<Integer> answered = new CopyOnWriteArrayList<>();
    volatile boolean broken;
    private final HttpServer server;

    TochkaReceiver(Hook hook) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/hooks/tochka", exchange -> {
            int status = 200;
            try {
                List<Hook.Pushed> news = hook.receive(new Hook.Request("", Map.of(),
                        exchange.getRequestBody().readAllBytes()));
                status = broken ? 503 : 200;
                if (!broken) {
                    told.addAll(news);
                }
            } catch (Hook.Refused refused) {
                status = refused.status();
            }
            answered.add(status);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/tochka";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
