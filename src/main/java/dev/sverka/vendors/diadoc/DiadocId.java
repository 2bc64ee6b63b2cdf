package dev.sverka.vendors.diadoc;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A document in a box; as one text {@code box/message/entity}: two boxes of ours show one document to each other.
 *
 * @param box 32 hexadecimal digits
 */
record DiadocId(String box, String message, String entity) {

    /** @throws IllegalArgumentException where it is not of this form */
    static DiadocId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is no document of Diadoc: box/message/entity");
        }
        return new DiadocId(box(parts[0]), parts[1], parts[2]);
    }

    /** From {@code MessageId} and {@code EntityId}. */
    static DiadocId of(String box, JsonNode told) {
        return new DiadocId(box, told.path("MessageId").asString(""), told.path("EntityId").asString(""));
    }

    /** The 32 digits of a box, whichever of its two spellings is told (diadoc.md section 2.1). */
    static String box(String told) {
        return told.strip().toLowerCase(Locale.ROOT).replace("@diadoc.ru", "").replace("-", "");
    }

    /** The spelling that requests take. */
    static String guid(String box) {
        return box.length() != 32 ? box : box.substring(0, 8) + "-" + box.substring(8, 12) + "-"
                + box.substring(12, 16) + "-" + box.substring(16, 20) + "-" + box.substring(20);
    }

    @Override
    public String toString() {
        return box + "/" + message + "/" + entity;
    }
}
