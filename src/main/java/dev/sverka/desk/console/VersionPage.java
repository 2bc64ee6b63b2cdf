package dev.sverka.desk.console;

import dev.sverka.flows.paperwork.VersionBook;
import dev.sverka.flows.paperwork.VersionFiles;
import dev.sverka.flows.payments.PortalPages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Versions of a proposal, a report or a contract: what changed between any two, and the file of each. */
@Controller
class VersionPage {

    private final VersionBook book;
    private final VersionFiles files;
    private final PortalPages pages;

    VersionPage(VersionBook book, VersionFiles files, PortalPages pages) {
        this.book = book;
        this.files = files;
        this.pages = pages;
    }

    /** Without numbers the two latest are compared. */
    @GetMapping("/versions/{entity}/{id}")
    String show(@PathVariable String entity, @PathVariable long id, @RequestParam(required = false) @Nullable Integer from,
            @RequestParam(required = false) @Nullable Integer to, Model model) {
        List<VersionBook.Version> versions = book.of(entity, id);
        if (versions.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        int latest = versions.get(versions.size() - 1).number();
        int later = to == null ? latest : to;
        int earlier = from == null ? Math.max(1, later - 1) : from;
        Map<Integer, VersionFiles.Kept> kept = files.of(entity, id).stream()
                .collect(Collectors.toMap(VersionFiles.Kept::number, Function.identity()));
        for (int number : List.of(earlier, later)) {
            if (versions.stream().noneMatch(one -> one.number() == number)) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            }
        }
        model.addAttribute("entity", entity);
        model.addAttribute("id", id);
        List<VersionBook.Version> latestFirst = new ArrayList<>(versions);
        Collections.reverse(latestFirst);
        model.addAttribute("versions", latestFirst);
        model.addAttribute("files", kept);
        model.addAttribute("from", earlier);
        model.addAttribute("to", later);
        model.addAttribute("changes", book.between(entity, id, earlier, later));
        model.addAttribute("otherFile", !Objects.equals(hash(kept.get(earlier)), hash(kept.get(later))));
        model.addAttribute("portal", pages.of(entity, Long.toString(id)).orElse(null));
        return "versions";
    }

    private static @Nullable String hash(VersionFiles.@Nullable Kept file) {
        return file == null ? null : file.hash();
    }

    /** Never shown in the page: it may be anything that somebody put there. */
    @GetMapping("/versions/{entity}/{id}/{number}/file")
    ResponseEntity<byte[]> file(@PathVariable String entity, @PathVariable long id, @PathVariable int number) {
        VersionFiles.Kept file = files.of(entity, id, number)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        byte[] content = files.content(file).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                        .filename(file.name(), StandardCharsets.UTF_8).build().toString())
                .cacheControl(CacheControl.noStore()).body(content);
    }
}
