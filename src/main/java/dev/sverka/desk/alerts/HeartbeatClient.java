package dev.sverka.desk.alerts;

import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.NoAnswer;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets an outside watcher know that the daemon is alive; when it is not, the watcher tells. */
final class HeartbeatClient {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatClient.class);

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Door door;
    private final String address;

    HeartbeatClient(Door door, String address) {
        this.door = door;
        this.address = address;
    }

    static HeartbeatClient of(String address, Doors doors) {
        return new HeartbeatClient(doors.open("alerts.heartbeat", HttpUrl.get(address), ANSWER,
                new Door.Limit(2, 0.2)), address);
    }

    void beat() {
        try {
            int status = door.once("heartbeat", new Request.Builder().url(address).get().build()).status();
            if (status / 100 != 2) {
                LOG.warn("the watcher at sverka.alerts.heartbeat-url answered {}", status);
            }
        } catch (NoAnswer lost) {
            LOG.warn("the watcher at sverka.alerts.heartbeat-url does not answer");
        }
    }
}
