package dev.sverka.vendors.bitrix24;

/** Markers of ours in texts that people see (bitrix24.md section 9: comments and to-dos have no key of their own). */
final class Bitrix24Marker {

    private Bitrix24Marker() {
    }

    /** Whether a text of the portal carries the marker as a whole: one may be the beginning of another. */
    static boolean isIn(String text, String marker) {
        for (int at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + 1)) {
            int end = at + marker.length();
            boolean begins = at == 0 || isBorder(text.charAt(at - 1), "]>");
            boolean ends = end == text.length() || isBorder(text.charAt(end), "[<");
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBorder(char sign, String tags) {
        return Character.isWhitespace(sign) || tags.indexOf(sign) >= 0;
    }
}
