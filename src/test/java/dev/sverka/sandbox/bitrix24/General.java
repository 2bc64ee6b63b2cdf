package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** System methods, and those an incoming webhook is refused (bitrix24.md sections 1.1 and 12, Annex C). */
final class General {

    volatile boolean enterprise;
    volatile boolean paymentExpired;

    General(Crm crm, Methods methods) {
        methods.read("server.time", "", call -> Result.of(crm.now()))
                .read("scope", "", call -> Result.of(call.who().scopes().stream().sorted().toList()))
                .read("feature.get", "", this::feature)
                .read("app.info", "", call -> Result.of(application()))
                .read("method.get", "", call -> {
                    boolean there = methods.isKnown(String.valueOf(call.required("name")));
                    return Result.of(Map.of("isExisting", there, "isAvailable", there
                            && mayUse(methods, String.valueOf(call.get("name")), call.who())));
                });
        for (String name : List.of("event.bind", "event.get", "event.unbind", "events", "event.test", "app.option.get",
                "app.option.set", "bizproc.robot.add", "bizproc.robot.list", "bizproc.activity.add",
                "bizproc.workflow.template.add", "bizproc.workflow.template.update")) {
            methods.refused(name, "ACCESS_DENIED", "Application context required");
        }
        for (String name : List.of("event.offline.get", "event.offline.list", "event.offline.clear",
                "event.offline.error")) {
            methods.refused(name, "ACCESS_DENIED", "Access denied!");
        }
        for (String name : List.of("placement.bind", "placement.get", "placement.unbind", "placement.list")) {
            methods.refused(name, "WRONG_AUTH_TYPE", "Current authorization type is denied for this method");
        }
    }

    private static boolean mayUse(Methods methods, String name, Credential who) {
        try {
            methods.open(name, who);
            return true;
        } catch (CrmError lacking) {
            return false;
        }
    }

    private Result feature(Call call) {
        return Result.of(Map.of("value", List.of("rest_offline_extended", "rest_auth_connector")
                .contains(String.valueOf(call.required("CODE"))) ? "Y" : "N"));
    }

    private Map<String, Object> application() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("ID", 5);
        info.put("CODE", "local.66e0000000000.00000000");
        info.put("VERSION", 1);
        info.put("STATUS", "L");
        info.put("INSTALLED", true);
        info.put("PAYMENT_EXPIRED", paymentExpired ? "Y" : "N");
        info.put("DAYS", null);
        info.put("LANGUAGE_ID", "ru");
        info.put("LICENSE", enterprise ? "ru_ent250" : "ru_pro100");
        info.put("LICENSE_TYPE", enterprise ? "ent250" : "pro100");
        info.put("LICENSE_FAMILY", enterprise ? "ent" : "pro");
        return info;
    }
}
