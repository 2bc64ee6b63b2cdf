package dev.sverka.vendors.fintablo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.Faults;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Each call that makes something, in turn, loses its answer or never arrives, and lists lag behind: one marker, one object,
 * whatever the number of tries. {@code -Plong} makes it 10,000.
 */
class FinTabloLostAnswersTest {

    private static final int TRIES = Integer.getInteger("sverka.lost.answers", 240);
    /** So many a company: its lists stay short. */
    private static final int A_COMPANY = 120;
    private static final List<String> CALLS = List.of("create partner", "create deal", "create transaction",
            "create split", "split transaction", "add-stage deal");

    private final Random dice = new Random(11);
    private final Map<String, Integer> tried = new TreeMap<>();
    private int doubles;
    private int missing;

    @Test
    void nothingIsMadeTwiceWhateverAnswerIsLost() {
        for (int n = 0; n < TRIES; n += A_COMPANY) {
            try (FinTabloStage stage = new FinTabloStage()) {
                long deal = stage.company().enter("deal", Map.of("name", "Магазин", "directionId", 148_701L));
                for (int i = n; i < Math.min(TRIES, n + A_COMPANY); i++) {
                    make(stage, CALLS.get(i % CALLS.size()), i, deal);
                }
            }
        }
        System.out.printf("FinTablo, lost answers: %d tries %s, %d doubles, %d missing%n", TRIES, tried, doubles, missing);
        assertThat(doubles).isZero();
        assertThat(missing).isZero();
    }

    private void make(FinTabloStage stage, String call, int n, long deal) {
        String path = call.equals("create split") ? "create transaction" : call;
        String marker = "sverka:bank-operation:main:" + n;
        long whole = call.equals("split transaction") ? stage.company().bank(90_211, day(n), new BigDecimal("30.00"),
                "income", "Оплата " + marker, null) : 0;
        stage.switches().invisibleFor(Duration.ofSeconds(dice.nextInt(3) == 0 ? 60 : 0));
        List<Faults.Kind> kinds = List.of(Faults.Kind.LOST_ANSWER, Faults.Kind.LOST_ANSWER, Faults.Kind.TRUNCATED,
                Faults.Kind.RESET_BEFORE);
        stage.faults().next(path, kinds.get(dice.nextInt(kinds.size())));
        switch (call) {
            case "create partner" -> stage.settle("partner", "create", created(marker, Map.of("name", "Ромашка " + n)));
            case "create deal" -> stage.settle("deal", "create", created(marker, Map.of("name", "Сделка " + n)));
            case "create transaction" -> stage.settle("transaction", "create", created(marker, fact(n, false)));
            case "create split" -> stage.settle("transaction", "create", created(marker, fact(n, true)));
            case "split transaction" -> stage.settle("transaction", "split", Map.of("id", whole, "date",
                    day(n).toString(), "split", parts()));
            default -> stage.settle("deal", "add-stage", Map.of("id", deal, "marker", marker, "fields",
                    Map.of("name", "Этап " + n)));
        }
        stage.faults().none();
        count(call, found(stage, call, marker, whole, deal));
        stage.clock.advance(Duration.ofMinutes(2));
    }

    private static Map<String, Object> created(String marker, Map<String, Object> fields) {
        return Map.of("marker", marker, "fields", fields);
    }

    private static LocalDate day(int n) {
        return LocalDate.parse("2026-09-01").plusDays(n % 60);
    }

    private static Map<String, Object> fact(int n, boolean split) {
        Map<String, Object> fact = new LinkedHashMap<>(Map.of("group", "income", "isPlan", 0, "date", day(n).toString(),
                "value", "30.00", "moneybagId", 90_211, "description", "Оплата"));
        if (split) {
            fact.put("split", parts());
        }
        return fact;
    }

    private static List<Map<String, Object>> parts() {
        return List.of(Map.of("value", new BigDecimal("10.00"), "categoryId", 1_701_210L),
                Map.of("value", new BigDecimal("20.00"), "categoryId", 1_701_210L));
    }

    /** How many there are; a split operation counts as one where it has exactly its parts. */
    private static long found(FinTabloStage stage, String call, String marker, long whole, long deal) {
        List<Map<String, Object>> all = stage.company().all("transaction");
        return switch (call) {
            case "create partner", "create deal" -> stage.company().all(call.substring(7)).stream()
                    .filter(one -> FinTabloMarker.stands(one.get("comment"), marker)).count();
            case "create transaction" -> all.stream().filter(one -> FinTabloMarker.stands(one.get("description"), marker))
                    .count();
            case "create split" -> all.stream().filter(one -> FinTabloMarker.stands(one.get("description"), marker))
                    .filter(one -> one.get("parentId") == null).mapToLong(one -> parts(all, (Long) one.get("id"))).sum();
            case "split transaction" -> parts(all, whole);
            default -> ((List<?>) stage.company().one("deal", deal).get("stages")).stream()
                    .filter(one -> FinTabloMarker.stands(((Map<?, ?>) one).get("comment"), marker)).count();
        };
    }

    private static long parts(List<Map<String, Object>> all, long whole) {
        long parts = all.stream().filter(one -> Long.valueOf(whole).equals(one.get("parentId"))).count();
        return parts == 2 ? 1 : parts;
    }

    private void count(String call, long found) {
        tried.merge(call, 1, Integer::sum);
        doubles += found > 1 ? 1 : 0;
        missing += found == 0 ? 1 : 0;
    }
}
