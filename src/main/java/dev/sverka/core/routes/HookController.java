package dev.sverka.core.routes;

import dev.sverka.core.connector.Hook;
import dev.sverka.core.connector.Pushes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where vendors call: {@code POST /hooks/<vendor>[/…]}. A call is answered only after its news is durable; no header of
 * it reaches a route.
 */
@RestController
class HookController {

    private static final Logger LOG = LoggerFactory.getLogger(HookController.class);
    private static final int MAX_BODY = 256 * 1024;

    private final Map<String, Hook> hooks;
    private final Pushes pushes;

    HookController(List<Hook> hooks, Pushes pushes) {
        this.hooks = hooks.stream().collect(Collectors.toMap(Hook::scheme, Function.identity()));
        this.pushes = pushes;
    }

    @PostMapping({"/hooks/{vendor}", "/hooks/{vendor}/{secret}"})
    ResponseEntity<Void> receive(@PathVariable String vendor, @PathVariable(required = false) String secret,
            HttpServletRequest call) throws IOException {
        Hook hook = hooks.get(vendor);
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
        List<Hook.Pushed> news;
        try {
            news = hook.receive(new Hook.Request(secret == null ? "" : secret, headers(call), body));
        } catch (Hook.Refused refused) {
            LOG.warn("{}: a call was turned away with {}: {}", vendor, refused.status(), refused.getMessage());
            return answer(refused.status());
        } catch (RuntimeException failure) {
            LOG.error("{}: a call could not be understood now, it was answered 503", vendor, failure);
            return answer(503);
        }
        try {
            pushes.deliver(vendor, news);
            return answer(200);
        } catch (RuntimeException failure) {
            LOG.error("{}: a call could not be stored, it was answered 503", vendor, failure);
            return answer(503);
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
