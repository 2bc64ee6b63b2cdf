package dev.sverka.sandbox.bitrix24;

import java.util.Set;

/**
 * An incoming webhook (bitrix24.md section 1.1): it acts as the user who made it, cut to the scopes ticked.
 *
 * @param admin whether that user is an administrator of the portal and of its CRM
 */
record Credential(int user, String secret, boolean admin, Set<String> scopes) {

    boolean may(String scope) {
        return scope.isEmpty() || scopes.contains(scope)
                || scope.equals("user") && (scopes.contains("user_basic") || scopes.contains("user_brief"));
    }
}
