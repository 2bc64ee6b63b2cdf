package dev.sverka.vendors.clickup;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether token, rights, budget and webhook of an account hold. */
final class ClickUpCheck {

    /** Owner and admin: others see their own time only (clickup.md sections 6 and 11). */
    private static final List<String> SEES_ALL_TIME = List.of("1", "2");

    private final ClickUpAccount account;
    private final ClickUpProperties.Account configured;
    private final ClickUpWebhooks webhooks;
    private final String name;

    ClickUpCheck(String name, ClickUpAccount account, ClickUpProperties.Account configured, ClickUpWebhooks webhooks) {
        this.name = name;
        this.account = account;
        this.configured = configured;
        this.webhooks = webhooks;
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        String key = "sverka." + account.name();
        Map<String, Object> user = account.workspace().user();
        Optional<Map<String, Object>> own = account.members().stream()
                .filter(one -> Objects.equals(ClickUpBodies.id(one), ClickUpBodies.id(user))).findFirst();
        if (own.isEmpty()) {
            problems.add(new Problem(key + ".team-id", 1, "the token's user is no member of the Workspace "
                    + account.team(), "name another team-id, or invite the user"));
        } else if (!SEES_ALL_TIME.contains(String.valueOf(own.get().get("role")))) {
            problems.add(new Problem(key + ".token", 1, "its user is neither owner nor admin and sees no other"
                    + " people's time", "make the user an admin"));
        }
        int limit = account.limit() > 0 ? account.limit() : ofPlan();
        if (limit > 0 && configured.requestsPerMinute() > limit) {
            problems.add(new Problem(key + ".requests-per-minute", 1, configured.requestsPerMinute()
                    + " is more than the plan's " + limit, "set it to " + limit * 4 / 5));
        }
        webhook(key).ifPresent(problems::add);
        return problems;
    }

    /** Where answers carry no header of the rate (section 3). @return requests a minute; 0 for a plan nobody knows */
    private int ofPlan() {
        try {
            return switch (account.workspace().plan().strip().toLowerCase(Locale.ROOT)) {
                case "enterprise" -> 10_000;
                case "business plus" -> 1_000;
                case "free forever", "free", "unlimited", "business" -> 100;
                default -> 0;
            };
        } catch (VendorException.Refused withoutRight) {
            return 0;
        }
    }

    private Optional<Problem> webhook(String key) {
        if (webhooks.hookUrl().isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Map<String, Object>> ours = webhooks.ours(name);
            if (ours.isEmpty()) {
                return Optional.of(new Problem(key, 1, "no webhook tells " + webhooks.hookUrl().get() + " of events;"
                        + " news comes by polling only", "run provision --apply"));
            }
            return ours.filter(one -> !ClickUpWebhooks.isActive(one)).map(one -> new Problem(key, 1, "the webhook "
                    + one.get("id") + " is not active: " + one.get("health"), "the running daemon activates it"));
        } catch (VendorException.Refused refused) {
            return Optional.of(new Problem(key, 1, String.valueOf(refused.getMessage()),
                    "give the token's user the right to webhooks"));
        }
    }
}
