package dev.sverka.flows.books;

import dev.sverka.flows.books.ProofBook.Link;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The daily proof, for the desk and for programs. */
public class Proofs {

    private final ProofBook book;

    Proofs(ProofBook book) {
        this.book = book;
    }

    /**
     * One day of one account. Sums have two decimals and are null where the bank does not state them.
     *
     * @param operations incoming less outgoing; {@code count} how many
     * @param difference closing less opening and operations
     * @param state proven, differs or unprovable
     * @param what differs, or why nothing can be proven; sentences in Russian
     * @param version 1 for the first record of the day
     */
    public record Shown(String account, LocalDate date, @Nullable String opening, String operations, long count,
            @Nullable String closing, @Nullable String difference, String state, List<String> what, int version,
            Instant provenAt, String previousHash, String hash) {
    }

    /**
     * By account and day; what is null does not narrow.
     *
     * @param allVersions whether also what was said of a day before it changed
     */
    public List<Shown> find(@Nullable String account, @Nullable LocalDate from, @Nullable LocalDate to,
            boolean allVersions) {
        return book.find(account, from, to, allVersions).stream().map(Proofs::shown).toList();
    }

    /** Days that differ, oldest first. */
    public List<Shown> differing() {
        return book.differing().stream().map(Proofs::shown).toList();
    }

    /** When a day was proven last; empty where none ever was. */
    public Optional<Instant> latest() {
        return book.latest();
    }

    private static Shown shown(Link link) {
        DayProof proof = link.proof();
        return new Shown(proof.account(), proof.day(), money(proof.opening()), String.valueOf(money(proof.moved())),
                proof.operations(), money(proof.closing()), money(proof.difference()), ProofBook.word(proof.state()),
                proof.what(), link.version(), Instant.ofEpochMilli(link.at()), link.previous(), link.hash());
    }

    private static @Nullable String money(@Nullable Long kopecks) {
        return kopecks == null ? null : BigDecimal.valueOf(kopecks, 2).toPlainString();
    }
}
