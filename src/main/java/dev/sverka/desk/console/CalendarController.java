package dev.sverka.desk.console;

import dev.sverka.core.state.Settings;
import dev.sverka.flows.calendar.Calendars;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/calendars}: issues feeds, lists and revokes them. */
@RestController
@RequestMapping("/api/calendars")
class CalendarController {

    private final Calendars calendars;
    private final BusinessTime time;
    private final Settings settings;

    CalendarController(Calendars calendars, BusinessTime time, Settings settings) {
        this.calendars = calendars;
        this.time = time;
        this.settings = settings;
    }

    /** The address is a secret and is never shown again. */
    record Issued(long id, String url) {
    }

    record LastFetch(@Nullable String at, @Nullable String program) {
    }

    record Row(long id, long person, @Nullable String name, String view, boolean span, @Nullable String direction,
            List<String> pipelines, String back, String ahead, @Nullable String alarm, List<String> entities,
            @Nullable String issuedAt, String issuedBy, @Nullable LastFetch lastFetch) {
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Issued issue(@RequestBody Calendars.Wanted wanted, Principal person) {
        Calendars.Issued issued = calendars.issue(wanted, person.getName());
        return new Issued(issued.id(), CalendarAddress.of(settings, issued.token()));
    }

    @GetMapping
    List<Row> list() {
        return calendars.list().stream().map(one -> new Row(one.id(), one.person(), one.name(), one.view(), one.span(),
                one.direction(), one.pipelines(), one.back(), one.ahead(), one.alarm(), one.entities(),
                time.iso(one.issuedAt()), one.issuedBy(), one.fetchedAt() == null ? null
                        : new LastFetch(time.iso(one.fetchedAt()), one.fetchedWith()))).toList();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable long id) {
        if (!calendars.revoke(id)) {
            throw new ApiRefusal(HttpStatus.NOT_FOUND, "there is no calendar " + id + ", or it has been revoked");
        }
    }
}
