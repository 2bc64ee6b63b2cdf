package dev.sverka.desk.console;

import dev.sverka.flows.matching.Matcher.Span;
import dev.sverka.flows.payments.OperationPages;
import dev.sverka.flows.payments.PaymentSearch.Found;
import dev.sverka.flows.payments.PaymentSearch;
import dev.sverka.flows.payments.ReviewPages;
import dev.sverka.flows.payments.Reviews;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gathers what the page of one question shows. */
@Component
class ReviewDetails {

    private final Reviews reviews;
    private final ReviewPages pages;
    private final PaymentSearch payments;
    private final OperationPages operations;
    private final Figures figures;

    ReviewDetails(Reviews reviews, ReviewPages pages, PaymentSearch payments, OperationPages operations,
            Figures figures) {
        this.reviews = reviews;
        this.pages = pages;
        this.payments = payments;
        this.operations = operations;
        this.figures = figures;
    }

    /** @param typed what a person typed for payments, by id; it stays, whatever became of the question */
    Optional<ReviewDetail> of(long id, Map<Long, String> typed) {
        return reviews.find(id).map(question -> question.operation().containsKey("purpose")
                ? ofOperation(question, typed) : ofAccount(question));
    }

    private ReviewDetail ofAccount(Reviews.Question question) {
        Object ids = question.operation().get("operations");
        List<Long> gone = ids instanceof List<?> list
                ? list.stream().map(one -> ((Number) one).longValue()).toList() : List.of();
        return new ReviewDetail(question.id(), question.version(), question.kind(), null, question.operation(),
                operations.list(gone), List.of(), List.of(), BigDecimal.ZERO, "RUB", BigDecimal.ZERO,
                pages.candidates(question));
    }

    private ReviewDetail ofOperation(Reviews.Question question, Map<Long, String> typed) {
        Map<String, Object> operation = question.operation();
        Map<Long, BigDecimal> held = held(operation);
        BigDecimal sum = held.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return new ReviewDetail(question.id(), question.version(), question.kind(), operation, Map.of(), List.of(),
                pieces(String.valueOf(operation.get("purpose")), question.read()), cards(question, held, typed),
                new BigDecimal(String.valueOf(operation.get("amount"))), String.valueOf(operation.get("currency")), sum,
                List.of());
    }

    private List<ReviewDetail.Card> cards(Reviews.Question question, Map<Long, BigDecimal> held,
            Map<Long, String> typed) {
        Set<Long> ids = new LinkedHashSet<>();
        Map<Long, String> proposed = new LinkedHashMap<>();
        Map<Long, List<List<String>>> reasons = new LinkedHashMap<>();
        pages.candidates(question).forEach(one -> {
            ids.add(one.payment());
            reasons.put(one.payment(), List.of(one.reasonsFor(), one.reasonsAgainst()));
            if (one.proposed() != null) {
                proposed.put(one.payment(), figures.sum(one.proposed()));
            }
        });
        ids.addAll(held.keySet());
        ids.addAll(typed.keySet());
        Map<Long, Found> found = payments.find(ids).stream().collect(Collectors.toMap(Found::id, one -> one));
        List<ReviewDetail.Card> cards = new ArrayList<>();
        ids.stream().filter(found::containsKey).forEach(id -> {
            Found payment = found.get(id);
            BigDecimal mine = held.getOrDefault(id, BigDecimal.ZERO);
            String shown = typed.containsKey(id) ? typed.get(id)
                    : mine.signum() > 0 ? figures.sum(mine) : proposed.getOrDefault(id, "");
            List<List<String>> why = reasons.getOrDefault(id, List.of(List.of(), List.of()));
            cards.add(card(payment, mine, why, shown, proposed.containsKey(id)));
        });
        return cards;
    }

    private static ReviewDetail.Card card(Found payment, BigDecimal held, List<List<String>> why, String typed,
            boolean proposed) {
        return new ReviewDetail.Card(payment, payment.closed() ? held : payment.open().add(held), why.get(0), why.get(1),
                typed, proposed);
    }

    /** Payments that a person looked for. @param not those that stand on the page already */
    List<ReviewDetail.Card> search(ReviewDetail shown, String text) {
        if (shown.operation() == null || text.isBlank()) {
            return List.of();
        }
        Set<Long> there = shown.cards().stream().map(card -> card.payment().id()).collect(Collectors.toSet());
        return payments.find(text, "in".equals(shown.operation().get("direction")), 20).stream()
                .filter(one -> !there.contains(one.id())).limit(8)
                .map(one -> card(one, BigDecimal.ZERO, List.of(List.of(), List.of()), "", false)).toList();
    }

    @SuppressWarnings("unchecked")
    static Map<Long, BigDecimal> held(Map<String, Object> operation) {
        Map<Long, BigDecimal> held = new LinkedHashMap<>();
        ((List<Map<String, Object>>) operation.get("shares")).forEach(share -> held.merge(
                ((Number) share.get("payment")).longValue(), new BigDecimal(share.get("amount").toString()),
                BigDecimal::add));
        return held;
    }

    /** Spans that overlap: the earlier, then the longer one is shown. */
    static List<ReviewDetail.Piece> pieces(String purpose, List<Span> read) {
        List<ReviewDetail.Piece> pieces = new ArrayList<>();
        int at = 0;
        for (Span span : read.stream().sorted(Comparator.comparingInt(Span::from)
                .thenComparing(Comparator.comparingInt(Span::to).reversed())).toList()) {
            if (span.from() < at || span.to() > purpose.length() || span.from() >= span.to()) {
                continue;
            }
            piece(pieces, purpose.substring(at, span.from()), null);
            piece(pieces, purpose.substring(span.from(), span.to()), span.what());
            at = span.to();
        }
        piece(pieces, purpose.substring(at), null);
        return pieces;
    }

    private static void piece(List<ReviewDetail.Piece> pieces, String text, @Nullable String what) {
        if (!text.isEmpty()) {
            pieces.add(new ReviewDetail.Piece(text, what));
        }
    }
}
