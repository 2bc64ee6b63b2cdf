package dev.sverka.flows.books;

import dev.sverka.flows.payments.SettledOperations.Settled;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the operations that FinTablo read from the bank by itself is ours: account, side and sum must agree, the day
 * may be one off; then purpose and counterparty tell. Pure. It never guesses: of several, one must stand out, or all
 * must be alike on both sides, so that it does not matter.
 */
final class Imported {

    /** Shorter texts agree by chance. */
    private static final int TELLING = 8;

    private final Settled operation;
    private final long moneybag;
    private final Set<Long> partners;
    private final List<Settled> rivals;

    /**
     * @param partners FinTablo's of the operation's ИНН, which may be several; empty where none is known
     * @param rivals our other movements of this account, side, sum and time that FinTablo's are not known of yet
     */
    Imported(Settled operation, long moneybag, Set<Long> partners, List<Settled> rivals) {
        this.operation = operation;
        this.moneybag = moneybag;
        this.partners = partners;
        this.rivals = rivals;
    }

    /** @param found null while it cannot be told; @param several whether there are some that could be it */
    record Choice(@Nullable Map<String, Object> found, boolean several) {
    }

    Choice choose(List<Map<String, Object>> free) {
        List<Map<String, Object>> possible = free.stream().filter(this::isPossible).toList();
        List<Map<String, Object>> telling = possible.stream().filter(one -> reads(one, operation)).toList();
        if (telling.isEmpty()) {
            telling = possible.stream().filter(one -> isPartner(one.get("partnerId"))).toList();
            if (telling.size() == 1 && rivals.stream().anyMatch(rival -> reads(possible.get(0), rival))) {
                telling = List.of();
            }
        }
        if (telling.size() == 1) {
            return new Choice(telling.get(0), false);
        }
        if (telling.size() > 1) {
            return new Choice(alike(telling).orElse(null), true);
        }
        boolean alone = possible.size() == 1 && rivals.isEmpty();
        return new Choice(alone ? possible.get(0) : null, !possible.isEmpty());
    }

    private boolean isPossible(Map<String, Object> one) {
        boolean other = !partners.isEmpty() && one.get("partnerId") != null && !isPartner(one.get("partnerId"));
        return !other && isId(one.get("moneybagId"), moneybag)
                && (operation.incoming() ? "income" : "outcome").equals(one.get("group"))
                && one.get("value") instanceof BigDecimal value
                && value.compareTo(BigDecimal.valueOf(operation.amount(), 2)) == 0
                && one.get("date") instanceof LocalDate day
                && Math.abs(day.toEpochDay() - operation.bookedOn().toEpochDay()) <= 1;
    }

    /** Of those that read alike: the only one of the very day, or any where ours read alike too. */
    private Optional<Map<String, Object>> alike(List<Map<String, Object>> telling) {
        List<Map<String, Object>> sameDay = telling.stream().filter(one -> operation.bookedOn().equals(one.get("date")))
                .toList();
        List<Settled> twins = rivals.stream().filter(rival -> telling.stream().anyMatch(one -> reads(one, rival)))
                .toList();
        boolean noMatter = twins.stream().allMatch(twin -> plain(twin.purpose()).equals(plain(operation.purpose()))
                && Objects.equals(twin.inn(), operation.inn())) && telling.stream().map(one -> one.get("description"))
                        .distinct().count() == 1;
        if (sameDay.size() == 1 && twins.stream().noneMatch(twin -> twin.bookedOn().equals(operation.bookedOn()))) {
            return Optional.of(sameDay.get(0));
        }
        return noMatter && twins.size() + 1 >= telling.size() ? (sameDay.isEmpty() ? telling : sameDay).stream()
                .min(Comparator.comparing(one -> Long.parseLong(String.valueOf(one.get("id"))))) : Optional.empty();
    }

    private static boolean reads(Map<String, Object> one, Settled ours) {
        String theirs = plain(String.valueOf(one.get("description")));
        String purpose = plain(ours.purpose());
        return theirs.length() >= TELLING && purpose.length() >= TELLING
                && (theirs.contains(purpose) || purpose.contains(theirs));
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private boolean isPartner(@Nullable Object id) {
        return partners.stream().anyMatch(one -> isId(id, one));
    }

    private static boolean isId(@Nullable Object value, long id) {
        return value != null && value.toString().equals(Long.toString(id));
    }
}
