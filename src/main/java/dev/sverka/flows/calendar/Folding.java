package dev.sverka.flows.calendar;

/** Folds lines after at most 75 octets, never inside a letter (RFC 5545, 3.1). */
final class Folding {

    private static final int OCTETS = 75;
    private static final String CUT = "\r\n ";

    private Folding() {
    }

    /** @param lines each ended by CRLF */
    static String fold(String lines) {
        StringBuilder folded = new StringBuilder(lines.length() + lines.length() / 20);
        int used = 0;
        for (int i = 0; i < lines.length();) {
            int letter = lines.codePointAt(i);
            int size = Character.charCount(letter);
            if (letter == '\r' || letter == '\n') {
                used = 0;
            } else {
                int octets = octets(letter);
                if (used + octets > OCTETS) {
                    folded.append(CUT);
                    used = 1;
                }
                used += octets;
            }
            folded.append(lines, i, i + size);
            i += size;
        }
        return folded.toString();
    }

    private static int octets(int letter) {
        return letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
    }
}
