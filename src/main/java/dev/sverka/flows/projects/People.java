package dev.sverka.flows.projects;

import dev.sverka.core.state.Declared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is who on the portal and in ClickUp: by e-mail, letter case apart; {@code mappings/people.yaml} overrides.
 * Immutable.
 *
 * @param pairs each an id or e-mail of the portal and one of ClickUp
 */
public record People(List<Pair> pairs) {

    /** Where there is no file: e-mails alone tell. */
    static final People BY_EMAIL = new People(List.of());

    /** One person. */
    public record Pair(String bitrix24, String clickup) {
    }

    static People read(Map<String, Object> content, Declared.Lines lines) {
        List<Pair> pairs = new ArrayList<>();
        if (content.get("people") instanceof List<?> rows) {
            rows.forEach(row -> pairs.add(new Pair(plain(((Map<?, ?>) row).get("bitrix24")),
                    plain(((Map<?, ?>) row).get("clickup")))));
        }
        return new People(List.copyOf(pairs));
    }

    private static String plain(@Nullable Object value) {
        return Objects.toString(value, "").strip().toLowerCase(Locale.ROOT);
    }

    private static boolean is(String named, Map<String, Object> person) {
        return !named.isEmpty() && (named.equals(plain(person.get("id"))) || named.equals(plain(person.get("email"))));
    }

    /** The one of ClickUp's members who is a user of the portal. Both with {@code id} and {@code email}. */
    public Optional<Map<String, Object>> member(Map<String, Object> user, List<Map<String, Object>> members) {
        List<Pair> named = pairs.stream().filter(pair -> is(pair.bitrix24(), user)).toList();
        return members.stream().filter(one -> named.isEmpty() ? is(plain(user.get("email")), Map.of("email",
                plain(one.get("email")))) : named.stream().anyMatch(pair -> is(pair.clickup(), one))).findFirst();
    }

    /** The one of the portal's users who is a person of ClickUp. Both with {@code id} and {@code email}. */
    public Optional<Map<String, Object>> user(Map<String, Object> member, List<Map<String, Object>> users) {
        List<Pair> named = pairs.stream().filter(pair -> is(pair.clickup(), member)).toList();
        return users.stream().filter(one -> named.isEmpty() ? is(plain(member.get("email")), Map.of("email",
                plain(one.get("email")))) : named.stream().anyMatch(pair -> is(pair.bitrix24(), one))).findFirst();
    }
}
