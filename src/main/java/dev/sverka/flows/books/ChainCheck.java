package dev.sverka.flows.books;

import dev.sverka.flows.books.ProofBook.Link;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the records of an account are those that were written: each holds the hash of what stood before it. Pure. */
final class ChainCheck {

    private final TreeMap<LocalDate, List<Link>> days;

    /** @param all of one account, with all versions, oldest first */
    ChainCheck(List<Link> all) {
        days = all.stream().collect(Collectors.groupingBy(link -> link.proof().day(), TreeMap::new,
                Collectors.toList()));
    }

    /** What is wrong with a day's records, a sentence in Russian; empty where nothing is. */
    Optional<String> broken(LocalDate day) {
        List<Link> links = days.getOrDefault(day, List.of());
        Set<String> before = days.getOrDefault(day.minusDays(1), List.of()).stream().map(Link::hash)
                .collect(Collectors.toSet());
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            if (link.version() != i + 1) {
                return said("нет записи № " + (i + 1));
            }
            if (!link.hash().equals(link.proof().hash(link.previous()))) {
                return said("запись № " + link.version() + " изменена после того, как была сделана");
            }
            boolean first = link.previous().equals(DayProof.FIRST) && (before.isEmpty() || i < links.size() - 1);
            if (!first && !before.contains(link.previous())) {
                return said("запись № " + link.version() + " ссылается на запись о дне " + day.minusDays(1)
                        + ", которой нет");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> said(String what) {
        return Optional.of("цепочка сверки нарушена: " + what + "; найдите, кто менял таблицу day_proof, и верните её"
                + " из резервной копии");
    }
}
