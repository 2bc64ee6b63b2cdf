package dev.sverka.core.routes;

import dev.sverka.core.connector.Hook;
import dev.sverka.core.connector.Pushes;
import dev.sverka.core.journal.Journey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where vendors call: {@code POST /hooks/<vendor>[/…]}. A call is answered only after its news is durable, without
 * asking any vendor; no header of it reaches a route. Each call begins a journey, by which the log tells all that followed.
 */
@RestController
class HookController {

    private static final Logger LOG = LoggerFactory.getLogger(HookController.class);
    private static final int MAX_BODY = 256 * 1024;

    private final Pushes pushes;
    private final MeterRegistry meters;
    private final Clock clock;

    HookController(Pushes pushes, MeterRegistry meters, Clock clock) {
        this.pushes = pushes;
        this.meters = meters;
        this.clock = clock;
    }

    @PostMapping({"/hooks/{vendor}", "/hooks/{vendor}/{secret}"})
    ResponseEntity<Void> receive(@PathVariable String vendor, @PathVariable(required = false) String secret,
            HttpServletRequest call) throws IOException {
        Hook hook = pushes.hook(vendor);
        if (hook == null) {
            return answer(404);
        }
        if (call.getContentLengthLong() > MAX_BODY) {
            return answer(413);
        }
        byte[] body = call.getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return answer(413);
        }
        Hook.Request told = new Hook.Request(secret == null ? "" : secret, headers(call), body);
        int status = Journey.from(clock.instant()).along(() -> take(vendor, hook, told));
        Counter.builder("sverka.hooks").description("Calls of vendors by what they were answered")
                .tags("vendor", vendor, "status", Integer.toString(status)).register(meters).increment();
        return answer(status);
    }

    private int take(String vendor, Hook hook, Hook.Request call) {
        try {
            List<Hook.Pushed> news = hook.receive(call);
            if (!news.isEmpty()) {
                pushes.accept(vendor, news);
            }
            LOG.debug("{}: a call told {} news", vendor, news.size());
            return 200;
        } catch (Hook.Refused refused) {
            LOG.warn("{}: a call was turned away with {}: {}", vendor, refused.status(), refused.getMessage());
            return refused.status();
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("{}: a call was answered 503, because the store did not take it: {}", vendor,
                    away.getClass().getSimpleName());
            return 503;
        } catch (RuntimeException failure) {
            LOG.error("{}: a call could not be understood now, it was answered 503", vendor, failure);
            return 503;
        }
    }

    private static Map<String, String> headers(HttpServletRequest call) {
        Map<String, String> headers = new HashMap<>();
        Collections.list(call.getHeaderNames())
                .forEach(name -> headers.put(name.toLowerCase(Locale.ROOT), call.getHeader(name)));
        return headers;
    }

    private static ResponseEntity<Void> answer(int status) {
        return ResponseEntity.status(status).build();
    }
}
