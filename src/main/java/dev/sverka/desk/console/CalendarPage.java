package dev.sverka.desk.console;

import dev.sverka.core.state.Settings;
import dev.sverka.flows.calendar.Calendars;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page {@code /calendars}: who reads which dates with which program; a new address is shown there once. */
@Controller
class CalendarPage {

    private static final List<String> ENTITIES = List.of("deals", "stages", "proposals", "payments", "documents",
            "reports");
    private static final List<String> VIEWS = Stream.concat(Stream.of("mine", "all"), ENTITIES.stream()).toList();

    private static final List<String> PERIODS = List.of("P1M", "P3M", "P6M", "P12M", "P24M");
    private static final List<String> ALARMS = List.of("PT15M", "PT1H", "P1D", "P2D", "P1W");

    private final Calendars calendars;
    private final BusinessTime time;
    private final Settings settings;
    private final Wording wording;

    CalendarPage(Calendars calendars, BusinessTime time, Settings settings, Wording wording) {
        this.calendars = calendars;
        this.wording = wording;
        this.time = time;
        this.settings = settings;
    }

    record Row(long id, String person, String view, boolean span, @Nullable String direction, String pipelines,
            String window, @Nullable String alarm, List<String> entities, @Nullable String issuedAt, String issuedBy,
            @Nullable String fetchedAt, @Nullable String fetchedWith) {
    }

    @GetMapping("/calendars")
    String show(Model model, Authentication person) {
        model.addAttribute("calendars", calendars.list().stream().map(this::row).toList());
        model.addAttribute("views", VIEWS);
        model.addAttribute("entities", ENTITIES);
        model.addAttribute("periods", PERIODS);
        model.addAttribute("alarms", ALARMS);
        model.addAttribute("people", calendars.people());
        model.addAttribute("mayAct", Role.mayAct(person));
        return "calendars";
    }

    @PostMapping("/calendars")
    String issue(@RequestParam(required = false) @Nullable Long person, @RequestParam String view,
            @RequestParam(defaultValue = "false") boolean span, @RequestParam(defaultValue = "") String direction,
            @RequestParam(defaultValue = "") String pipelines, @RequestParam(defaultValue = "") String back,
            @RequestParam(defaultValue = "") String ahead, @RequestParam(defaultValue = "") String alarm,
            @RequestParam(defaultValue = "") List<String> entities,
            Principal by, RedirectAttributes told) {
        List<String> funnels = Arrays.stream(pipelines.split("[,\\s]+")).filter(one -> !one.isBlank()).toList();
        try {
            Calendars.Issued issued = calendars.issue(new Calendars.Wanted(person, view, span, given(direction),
                    funnels, given(back), given(ahead), given(alarm), entities), by.getName());
            String url = CalendarAddress.of(settings, issued.token());
            told.addFlashAttribute("url", url);
            told.addFlashAttribute("webcal", CalendarAddress.webcal(url));
            told.addFlashAttribute("qr", CalendarQr.of(CalendarAddress.webcal(url)));
        } catch (Calendars.Invalid invalid) {
            told.addFlashAttribute("invalid", invalid.getMessage());
        }
        return "redirect:/calendars";
    }

    @PostMapping("/calendars/{id}/revoke")
    String revoke(@PathVariable long id, RedirectAttributes told) {
        told.addFlashAttribute("told", calendars.revoke(id) ? "calendar.revoked" : "calendar.gone");
        return "redirect:/calendars";
    }

    private Row row(Calendars.Listed one) {
        return new Row(one.id(), one.name() == null || one.name().isBlank() ? "№ " + one.person() : one.name(),
                one.view(), one.span(), one.direction(), String.join(", ", one.pipelines()),
                "−" + wording.period(one.back()) + " … +" + wording.period(one.ahead()), one.alarm(), one.entities(),
                time.shown(one.issuedAt()), one.issuedBy(), time.shown(one.fetchedAt()), one.fetchedWith());
    }

    private static @Nullable String given(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
