package dev.sverka.desk.console;

import dev.sverka.flows.books.Proofs;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/proof}: the daily proof of completeness. */
@RestController
class ProofController {

    private final Proofs proofs;
    private final BusinessTime time;

    ProofController(Proofs proofs, BusinessTime time) {
        this.proofs = proofs;
        this.time = time;
    }

    /** A day as programs read it. */
    record Row(String account, String date, @Nullable String opening, String operations, long count,
            @Nullable String closing, @Nullable String difference, String state, List<String> what, int version,
            @Nullable String provenAt, String previousHash, String hash) {
    }

    /**
     * @param account 20 digits; all accounts where it is left out
     * @param from first banking day, {@code to} the last one
     * @param versions {@code all} shows also what was said of a day before it changed
     */
    @GetMapping("/api/proof")
    List<Row> list(@RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
            @RequestParam(defaultValue = "current") String versions) {
        return proofs.find(account, from, to, versions.equals("all")).stream().map(one -> new Row(one.account(),
                one.date().toString(), one.opening(), one.operations(), one.count(), one.closing(), one.difference(),
                one.state(), one.what(), one.version(), time.iso(one.provenAt()), one.previousHash(), one.hash()))
                .toList();
    }
}
