package dev.sverka.desk.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which program reads a calendar, as people call it. */
final class CalendarProgram {

    private static final int LONGEST = 100;
    private static final Map<String, String> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("Google-Calendar", "Google Calendar");
        KNOWN.put("YandexCalendar", "Яндекс Календарь");
        KNOWN.put("Thunderbird", "Thunderbird");
        KNOWN.put("Microsoft.Exchange", "Outlook");
        KNOWN.put("Microsoft Office", "Outlook");
        KNOWN.put("dataaccessd", "iOS Calendar");
        KNOWN.put("CalendarAgent", "macOS Calendar");
        KNOWN.put("ICSx5", "ICSx⁵");
        KNOWN.put("vdirsyncer", "vdirsyncer");
    }

    private CalendarProgram() {
    }

    /** @param userAgent what it calls itself; whoever asks chooses it freely */
    static String name(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isBlank()) {
            return "?";
        }
        return KNOWN.entrySet().stream().filter(one -> userAgent.contains(one.getKey())).map(Map.Entry::getValue)
                .findFirst().orElseGet(() -> {
                    String plain = userAgent.replaceAll("\\p{Cntrl}", " ").strip();
                    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
                });
    }
}
