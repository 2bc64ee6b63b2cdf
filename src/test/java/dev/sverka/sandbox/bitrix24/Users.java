package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Employees (bitrix24.md section 12): dismissed ones stay, and the columns depend on the scope. */
public final class Users {

    private static final Set<String> PRIVATE = Set.of("EMAIL", "WORK_PHONE", "PERSONAL_MOBILE", "PERSONAL_GENDER",
            "LAST_LOGIN", "DATE_REGISTER");

    private record User(int id, boolean active, String name, String lastName, String email, String position,
            int department) {
    }

    private final Crm crm;
    private final Map<Integer, User> users = new TreeMap<>();

    Users(Crm crm, Methods methods) {
        this.crm = crm;
        methods.read("user.get", "user", call -> list(call, filter(call)))
                .read("user.search", "user", call -> list(call, filter(call)))
                .read("user.current", "user", call -> Result.of(row(user(call.who().user()), call)))
                .read("profile", "", this::profile)
                .read("department.get", "department", call -> call.page(List.of(
                        Map.of("ID", "1", "NAME", "Компания", "SORT", 500, "UF_HEAD", "1"),
                        Map.of("ID", "4", "NAME", "Отдел продаж", "SORT", 500, "PARENT", "1", "UF_HEAD", "24")), null));
    }

    /** Hires somebody; one who is there already gets new data. */
    public Users hire(int id, String name, String lastName, String email, String position) {
        synchronized (crm) {
            users.put(id, new User(id, true, name, lastName, email, position, 4));
        }
        return this;
    }

    /** Dismisses somebody: the row stays with {@code ACTIVE:false}, items stay assigned to it. */
    public void dismiss(int id) {
        synchronized (crm) {
            User user = users.get(id);
            users.put(id, new User(id, false, user.name(), user.lastName(), user.email(), user.position(), 4));
        }
    }

    boolean isKnown(int id) {
        return users.containsKey(id);
    }

    private User user(int id) {
        return users.getOrDefault(id, new User(id, true, "", "", "", "", 1));
    }

    private static Map<String, Object> filter(Call call) {
        Map<String, Object> filter = new LinkedHashMap<>(call.map("FILTER"));
        filter.putAll(call.map("filter"));
        // fields may also be given at the top level
        call.parameters().forEach((name, value) -> {
            if (name.matches("[!<>=@%]*[A-Z_]+") && !Set.of("FILTER", "ADMIN_MODE", "SORT", "ORDER").contains(name)) {
                filter.put(name, value);
            }
        });
        return filter;
    }

    private Result list(Call call, Map<String, Object> filter) {
        Object find = filter.remove("FIND");
        String text = find == null ? "" : find.toString().toLowerCase(Locale.ROOT);
        List<Map<String, Object>> rows = users.values().stream().filter(user -> (user.name() + " " + user.lastName()
                + " "
                + user.position()).toLowerCase(Locale.ROOT).contains(text)).map(user -> row(user, call)).toList();
        Map<String, Object> known = row(user(0), new Call("", Map.of(), new Credential(0, "", true, Set.of("user"))));
        filter.keySet().removeIf(name -> !known.containsKey(name.replaceFirst("^[!<>=@%]*", "")));
        filter.replaceAll((name, value) -> name.endsWith("ACTIVE")
                ? List.of("Y", "1", "true").contains(String.valueOf(value)) : value);
        CrmFilter conditions = new CrmFilter(known.keySet(), Set.of(), FilterDates.OFFSET_HONOURED,
                crm.clock.offset());
        return call.page(rows.stream().filter(row -> conditions.matches(filter, row)).toList(), null);
    }

    private Map<String, Object> row(User user, Call call) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", String.valueOf(user.id()));
        row.put("ACTIVE", user.active());
        row.put("NAME", user.name());
        row.put("LAST_NAME", user.lastName());
        row.put("SECOND_NAME", "");
        row.put("EMAIL", user.email());
        row.put("LAST_LOGIN", crm.now());
        row.put("DATE_REGISTER", crm.clock.text(java.time.Instant.parse("2025-01-09T21:00:00Z")));
        row.put("TIME_ZONE", "");
        row.put("IS_ONLINE", "N");
        row.put("TIMESTAMP_X", Map.of());
        row.put("LAST_ACTIVITY_DATE", Map.of());
        row.put("PERSONAL_GENDER", "");
        row.put("WORK_PHONE", "");
        row.put("WORK_POSITION", user.position());
        row.put("UF_EMPLOYMENT_DATE", "");
        row.put("UF_DEPARTMENT", List.of(user.department()));
        row.put("USER_TYPE", "employee");
        if (!call.who().scopes().contains("user")) {
            row.keySet().removeAll(PRIVATE);
        }
        return row;
    }

    private Result profile(Call call) {
        User user = user(call.who().user());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", String.valueOf(user.id()));
        row.put("ADMIN", call.who().admin());
        row.put("NAME", user.name());
        row.put("LAST_NAME", user.lastName());
        row.put("PERSONAL_GENDER", "");
        row.put("TIME_ZONE", "Europe/Moscow");
        return Result.of(row);
    }
}
