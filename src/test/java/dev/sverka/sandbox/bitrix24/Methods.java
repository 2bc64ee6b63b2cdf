package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The table of REST methods with the scope and the rights each asks for (bitrix24.md Annex C, sections 1.1 and 1.3).
 */
final class Methods {

    /**
     * A method.
     *
     * @param scope empty where none is needed
     * @param file whether it moves a file, so that a batch refuses it
     */
    record Method(String scope, boolean write, boolean file, Function<Call, Result> body) {
    }

    private final Map<String, Method> methods = new TreeMap<>();

    Methods read(String name, String scope, Function<Call, Result> body) {
        methods.put(name, new Method(scope, false, false, body));
        return this;
    }

    Methods write(String name, String scope, Function<Call, Result> body) {
        methods.put(name, new Method(scope, true, false, body));
        return this;
    }

    Methods file(String name, String scope, Function<Call, Result> body) {
        methods.put(name, new Method(scope, true, true, body));
        return this;
    }

    /** A method an incoming webhook is refused (section 1.1). */
    Methods refused(String name, String code, String description) {
        return read(name, "", call -> {
            throw new CrmError(403, code, description);
        });
    }

    boolean isKnown(String name) {
        return methods.containsKey(name);
    }

    boolean isWrite(String name) {
        return methods.containsKey(name) && methods.get(name).write();
    }

    boolean isFile(String name) {
        return methods.containsKey(name) && methods.get(name).file();
    }

    /** Whether any write is named in a text, such as the body of a batch. */
    boolean namesWrite(String text) {
        return methods.entrySet().stream().anyMatch(one -> one.getValue().write() && text.contains(one.getKey()));
    }

    /** @throws CrmError when there is no such method or the credential lacks its scope */
    Method open(String name, Credential who) {
        Method method = methods.get(name);
        if (method == null) {
            throw new CrmError(404, "ERROR_METHOD_NOT_FOUND", "Method not found!");
        }
        for (String scope : method.scope().split("\\+")) {
            if (!who.may(scope)) {
                if (name.startsWith("userfieldconfig.") && scope.equals("crm")) {
                    throw new CrmError(403, "", "The current method required more scopes. (crm)");
                }
                throw new CrmError(403, "insufficient_scope",
                        "The request requires higher privileges than provided by the webhook token");
            }
        }
        return method;
    }
}
