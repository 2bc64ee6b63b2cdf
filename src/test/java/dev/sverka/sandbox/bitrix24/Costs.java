package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a call costs in seconds of server time (bitrix24.md section 3.4): a constant, so much for each row, and the
 * automation a save sets off. Nobody waits for it: it is booked and told.
 */
final class Costs {

    private record Cost(BigDecimal constant, BigDecimal perRow) {
    }

    private static final Cost USUAL = new Cost(new BigDecimal("0.03"), BigDecimal.ZERO);
    /** 49.9 s for a counted page of 2.39 million rows. */
    private static final BigDecimal COUNTING = new BigDecimal("0.00002");

    private final Map<String, Cost> costs = new ConcurrentHashMap<>(Map.of(
            "crm.item.list", new Cost(new BigDecimal("0.02"), new BigDecimal("0.001")),
            "crm.item.add", new Cost(new BigDecimal("0.30"), BigDecimal.ZERO),
            "crm.item.update", new Cost(new BigDecimal("0.15"), BigDecimal.ZERO),
            "crm.category.list", new Cost(new BigDecimal("0.20"), BigDecimal.ZERO),
            "crm.type.add", new Cost(new BigDecimal("2.70"), BigDecimal.ZERO)));
    private volatile BigDecimal automation = new BigDecimal("0.33");

    void of(String method, BigDecimal constant, BigDecimal perRow) {
        costs.put(method, new Cost(constant, perRow));
    }

    void automation(BigDecimal seconds) {
        automation = seconds;
    }

    BigDecimal of(Call call, Result result) {
        Cost cost = costs.getOrDefault(call.method(), USUAL);
        BigDecimal seconds = cost.constant().add(cost.perRow().multiply(BigDecimal.valueOf(rows(result.result()))));
        if (call.method().equals("crm.item.add") || call.method().equals("crm.item.update")) {
            seconds = seconds.add(automation);
        }
        if (result.total() != null && call.isCounted()) {
            seconds = seconds.add(COUNTING.multiply(BigDecimal.valueOf(result.total())));
        }
        return seconds;
    }

    private static int rows(Object result) {
        return result instanceof List<?> list ? list.size() : result instanceof Map<?, ?> map && map.size() == 1
                && map.values().iterator().next() instanceof List<?> list ? list.size() : 0;
    }
}
