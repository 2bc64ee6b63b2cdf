package dev.sverka.sandbox.diadoc;

import static dev.sverka.sandbox.diadoc.DiadocStandIn.parameter;

import com.github.tomakehurst.wiremock.http.Request;
import dev.sverka.sandbox.StandIn.Reply;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The list of a box's documents (diadoc.md section 9). */
final class DiadocListing {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    private DiadocListing() {
    }

    static Reply page(DiadocBox box, Request request) {
        String category = parameter(request, "filterCategory");
        boolean byTime = !parameter(request, "timestampFromTicks").isEmpty()
                || !parameter(request, "timestampToTicks").isEmpty();
        boolean byDay = !parameter(request, "fromDocumentDate").isEmpty()
                || !parameter(request, "toDocumentDate").isEmpty();
        int count = parameter(request, "count").isEmpty() ? 100 : Integer.parseInt(parameter(request, "count"));
        String after = parameter(request, "afterIndexKey");
        if (!category.matches("(Any|[A-Za-z0-9]+)\\.(Inbound|Outbound|Internal|Proxy).*") || count < 0 || count > 100
                || byTime && (byDay || !parameter(request, "documentNumber").isEmpty()) || after.contains(" ")) {
            return DiadocStandIn.text(400, "bad parameter");
        }
        List<DiadocPaper> all = box.papers();
        List<Integer> matching = IntStream.range(0, all.size()).boxed()
                .filter(n -> matches(all.get(n), category.replaceFirst(".*\\.", ""), request))
                .filter(n -> after.isEmpty() || n > number(after)).toList();
        List<Map<String, Object>> page = matching.stream().limit(count).map(n -> {
            Map<String, Object> flat = new LinkedHashMap<>(all.get(n).flat());
            flat.put("IndexKey", key(n));
            return flat;
        }).toList();
        return Reply.json(200, Map.of("TotalCount", Math.min(1000, matching.size()), "Documents", page,
                "HasMoreResults", matching.size() > count));
    }

    private static String key(int number) {
        byte[] text = ("%06d".formatted(number) + "\u00fb\u00ef\u00be\u00fb\u00ff").getBytes(
                StandardCharsets.ISO_8859_1);
        return Base64.getEncoder().encodeToString(text);
    }

    private static int number(String key) {
        return Integer.parseInt(new String(Base64.getDecoder().decode(key), StandardCharsets.ISO_8859_1).substring(0,
                6));
    }

    private static boolean matches(DiadocPaper paper, String direction, Request request) {
        Map<String, String> metadata = new LinkedHashMap<>();
        ((List<?>) paper.get("Metadata")).forEach(one -> metadata.put((String) ((Map<?, ?>) one).get("Key"),
                (String) ((Map<?, ?>) one).get("Value")));
        long sent = paper.get("DocumentDirection").equals("Inbound") ? (long) paper.get("DeliveryTimestampTicks")
                : (long) paper.get("SendTimestampTicks");
        LocalDate day = LocalDate.parse(metadata.get("DocumentDate"), DAY);
        return paper.get("DocumentDirection").equals(direction)
                && (parameter(request, "documentNumber").isEmpty()
                        || parameter(request, "documentNumber").equals(metadata.get("DocumentNumber")))
                && (parameter(request, "timestampFromTicks").isEmpty()
                        || sent >= Long.parseLong(parameter(request, "timestampFromTicks")))
                && (parameter(request, "timestampToTicks").isEmpty()
                        || sent <= Long.parseLong(parameter(request, "timestampToTicks")))
                && (parameter(request, "fromDocumentDate").isEmpty()
                        || !day.isBefore(LocalDate.parse(parameter(request, "fromDocumentDate"), DAY)))
                && (parameter(request, "toDocumentDate").isEmpty()
                        || !day.isAfter(LocalDate.parse(parameter(request, "toDocumentDate"), DAY)));
    }
}
