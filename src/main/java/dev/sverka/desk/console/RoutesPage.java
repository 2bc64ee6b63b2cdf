package dev.sverka.desk.console;

import dev.sverka.core.state.AcceptedTexts;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Refusals;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The pages {@code /routes}: routes and mappings as they run, what was edited, what was refused, and pictures. */
@Controller
class RoutesPage {

    private static final String ROUTES = "routes/";
    private static final int EDITS = 10;
    private static final int SEARCHED = 200;
    private static final int GLANCE = 40;
    private static final int WHOLE = 1000;
    private static final int LONGEST = 100_000;

    private final AcceptedTexts texts;
    private final Refusals refusals;

    RoutesPage(AcceptedTexts texts, Refusals refusals) {
        this.texts = texts;
        this.refusals = refusals;
    }

    /** @param edited when last; null where that is not known any more */
    record FileRow(String file, List<String> routes, boolean refused, @Nullable Instant edited) {
    }

    /** @param change {@code changed added removed} */
    record EditRow(long id, String file, Instant at, String change, List<LineDiff.Line> lines) {

        static EditRow of(AcceptedTexts.Edit edit, int most) {
            return new EditRow(edit.id(), edit.file(), edit.at(), edit.before() == null ? "added"
                    : edit.after() == null ? "removed" : "changed", LineDiff.of(edit.before(), edit.after(), most));
        }
    }

    @GetMapping("/routes")
    String list(Model model) {
        List<Problem> refused = refusals.all();
        List<AcceptedTexts.Edit> edits = texts.edits(null, SEARCHED);
        Map<String, Instant> edited = new HashMap<>();
        edits.forEach(edit -> edited.putIfAbsent(edit.file(), edit.at()));
        model.addAttribute("refused", refused);
        model.addAttribute("files", new TreeMap<>(texts.all()).entrySet().stream().map(one -> new FileRow(one.getKey(),
                pictures(one.getKey(), one.getValue()).stream().map(RoutePicture.Drawn::id).toList(),
                refused.stream().anyMatch(problem -> problem.file().equals(one.getKey())), edited.get(one.getKey())))
                .toList());
        model.addAttribute("edits", edits.stream().limit(EDITS).map(edit -> EditRow.of(edit, GLANCE)).toList());
        return "routes";
    }

    private static List<RoutePicture.Drawn> pictures(String file, String text) {
        return file.startsWith(ROUTES) ? RoutePicture.of(file, text) : List.of();
    }

    /** @param name such as {@code routes/bank.yaml} */
    @GetMapping("/routes/file")
    String file(@RequestParam String name, Model model) {
        String text = texts.all().get(name);
        if (text == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute("file", name);
        model.addAttribute("text", text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
        model.addAttribute("pictures", pictures(name, text));
        model.addAttribute("width", RoutePicture.WIDTH);
        model.addAttribute("refused", refusals.all().stream().filter(one -> one.file().equals(name)).toList());
        model.addAttribute("edits", texts.edits(name, EDITS).stream().map(edit -> EditRow.of(edit, GLANCE)).toList());
        return "route-file";
    }

    @GetMapping("/routes/edits/{id}")
    String edit(@PathVariable long id, Model model) {
        model.addAttribute("edit", texts.edit(id).map(edit -> EditRow.of(edit, WHOLE))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        return "route-edit";
    }
}
