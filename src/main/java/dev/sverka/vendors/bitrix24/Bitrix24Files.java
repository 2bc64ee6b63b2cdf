package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.http.VendorException;
import dev.sverka.vendors.bitrix24.Bitrix24Names.FieldName;
import dev.sverka.vendors.bitrix24.Bitrix24Names.Names;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Files that lie in fields of items, fetched by the link of the moment: it holds a credential and runs out. */
final class Bitrix24Files {

    private static final Pattern NAME = Pattern.compile("filename\\*?=(?:UTF-8'')?\"?([^\";]+)",
            Pattern.CASE_INSENSITIVE);

    private final Function<String, Bitrix24Account> accounts;

    Bitrix24Files(Function<String, Bitrix24Account> accounts) {
        this.accounts = accounts;
    }

    /** {@code {id, file, name, size, content}}; of several files the first. */
    Map<String, Object> fetch(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        Names known = account.names().of(request.entity());
        String key = String.valueOf(request.map().get("field"));
        FieldName field = known.fields().get(key);
        if (field == null || !field.field().type().equals("file")) {
            throw new VendorException.Refused(account.client().account(), 0, "drift", request.entity()
                    + " has no file field " + key + " on the portal (drift: " + known.entity().key() + ".field." + key
                    + ")");
        }
        Map<String, Object> file = new LinkedHashMap<>(Map.of("id", request.id()));
        JsonNode shown = account.client().item(known.typeId(), request.id()).map(item -> item.path(field.name()))
                .map(value -> value.isArray() ? value.path(0) : value).orElse(null);
        String link = shown == null ? "" : shown.path("urlMachine").asString("");
        if (shown == null || link.isEmpty()) {
            return file;
        }
        Bitrix24Client.Content content = account.client().file(link);
        file.put("file", shown.path("id").asString(""));
        file.put("name", content.name());
        if (content.content() != null) {
            file.put("size", content.content().length);
            file.put("content", content.content());
        }
        return file;
    }

    /** The name in a {@code Content-Disposition}. */
    static String name(@Nullable String disposition) {
        Matcher name = NAME.matcher(disposition == null ? "" : disposition);
        if (!name.find()) {
            return "file";
        }
        try {
            return URLDecoder.decode(name.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return name.group(1);
        }
    }
}
