package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Purpose.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ranges and shortened lists written out: «14–16» is 14, 15, 16; «1756, 36, 11» is 1756, 1736, 1711. */
final class Unfolded {

    private static final int LONGEST_RANGE = 30;
    private static final Pattern GROUP = Pattern.compile("\\d+|\\D+");

    private static final Pattern SLASHED = Pattern.compile("\\S*\\d(?:/\\d+)+");

    private static final Pattern DASHED = Pattern.compile("(\\D{0,6}\\d{1,9})-(\\d{1,9})(/\\d{2,4})?");

    private Unfolded() {
    }

    /**
     * @param isKnown whether the customer has a document of exactly this number
     * @param isLike whether the number may be one of the customer's, written with less
     */
    static List<Reference> all(List<Reference> references, Predicate<Reference> isKnown, Predicate<Reference> isLike) {
        List<Reference> all = new ArrayList<>();
        Reference whole = null;
        for (Reference one : references) {
            if (one.last() != null) {
                all.addAll(run(one));
            } else if (one.number() != null && !isKnown.test(one) && !isLike.test(one) && one.sum() == null
                    && SLASHED.matcher(one.number()).matches()) {
                List<Reference> parts = new ArrayList<>(DASHED.matcher(one.number()).matches() ? dashed(one) : List.of());
                if (parts.size() > 1 && parts.stream().allMatch(isKnown)) {
                    all.addAll(parts);
                    continue;
                }
                parts.clear();
                for (String part : one.number().split("/(?=\\d)")) {
                    parts.add(with(one, part));
                }
                List<Reference> read = all(parts, isKnown, isLike);
                all.addAll(parts.size() > 1 && read.stream().allMatch(isKnown.or(isLike)) ? read : List.of(one));
            } else if (one.number() != null && !isKnown.test(one) && !isLike.test(one) && one.sum() == null
                    && DASHED.matcher(one.number()).matches()) {
                List<Reference> run = dashed(one);
                all.addAll(run.stream().allMatch(isKnown) ? run : List.of(one));
            } else {
                Reference first = whole;
                all.add(isKnown.test(one) || first == null ? one : longer(first.number(), one.number()).stream()
                        .map(number -> with(one, number)).filter(isKnown).findFirst().orElse(one));
            }
            whole = whole == null ? one : whole;
        }
        return all;
    }

    /** «145-147/26»: from the one to the other, both with what stands behind. */
    private static List<Reference> dashed(Reference one) {
        java.util.regex.Matcher ends = DASHED.matcher(String.valueOf(one.number()));
        ends.matches();
        String behind = ends.group(3) == null ? "" : ends.group(3);
        List<Reference> run = run(new Reference(one.kind(), ends.group(1) + behind, ends.group(2) + behind, one.date(),
                null, one.span()));
        return run.size() > 1 ? run : List.of(one);
    }

    private static Reference with(Reference one, String number) {
        return new Reference(one.kind(), number, null, one.date(), one.sum(), one.span());
    }

    /**
     * What a shorter number of a list may be in full, told from the first one: letters left out, or first digits too.
     */
    private static List<String> longer(@Nullable String whole, @Nullable String shorter) {
        if (whole == null || shorter == null || !shorter.matches("\\d{1,9}")) {
            return List.of();
        }
        List<String> longer = new ArrayList<>();
        List<String> groups = groups(whole);
        for (int i = groups.size() - 1; i >= 0; i--) {
            List<String> others = new ArrayList<>(groups);
            if (groups.size() > 1 && groups.get(i).matches("\\d+")) {
                others.set(i, shorter);
                longer.add(String.join("", others));
            }
        }
        for (int i = groups.size() - 1; i >= 0; i--) {
            List<String> others = new ArrayList<>(groups);
            String group = groups.get(i);
            if (group.matches("\\d+") && group.length() > shorter.length()) {
                others.set(i, group.substring(0, group.length() - shorter.length()) + shorter);
                longer.add(String.join("", others));
            }
        }
        return longer;
    }

    private static List<String> groups(String number) {
        return new ArrayList<>(GROUP.matcher(number).results().map(MatchResult::group).toList());
    }

    private static List<Reference> run(Reference range) {
        List<String> from = groups(String.valueOf(range.number()));
        List<String> until = groups(String.valueOf(range.last()));
        int at = differing(from, until);
        String written = at < 0 ? "" : until.size() == 1 ? until.get(0) : until.get(at);
        // «1456 по 58» is up to 1458
        String last = at >= 0 && written.length() < from.get(at).length() && from.get(at).matches("\\d{1,9}")
                ? from.get(at).substring(0, from.get(at).length() - written.length()) + written : written;
        boolean counts = at >= 0 && from.get(at).matches("\\d{1,9}") && last.matches("\\d{1,9}")
                && Long.parseLong(last) > Long.parseLong(from.get(at))
                && Long.parseLong(last) - Long.parseLong(from.get(at)) <= LONGEST_RANGE;
        if (!counts) {
            return List.of(with(range, range.number() + "-" + range.last()));
        }
        List<Reference> run = new ArrayList<>();
        int width = from.get(at).length();
        for (long n = Long.parseLong(from.get(at)); n <= Long.parseLong(last); n++) {
            List<String> groups = new ArrayList<>(from);
            groups.set(at, String.format("%0" + width + "d", n));
            run.add(new Reference(range.kind(), String.join("", groups), null, null, null, range.span()));
        }
        return run;
    }

    /** The one group of digits that differs; for a bare last number the last group. */
    private static int differing(List<String> from, List<String> until) {
        if (until.size() == 1 && from.size() > 1) {
            return from.get(from.size() - 1).matches("\\d+") ? from.size() - 1 : -1;
        }
        int at = -1;
        for (int i = 0; i < from.size(); i++) {
            boolean same = from.size() == until.size() && Letters.fold(from.get(i)).equals(Letters.fold(until.get(i)));
            if (!same && at >= 0 || from.size() != until.size()) {
                return -1;
            }
            at = same ? at : i;
        }
        return at;
    }
}
