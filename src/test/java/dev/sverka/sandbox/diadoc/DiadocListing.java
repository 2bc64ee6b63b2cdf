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
        Filter filter = Filter.of(request, category.replaceFirst(".*\\.", ""));
        List<Integer> matching = IntStream.range(after.isEmpty() ? 0 : number(after) + 1, all.size()).boxed()
                .filter(n -> filter.matches(all.get(n))).toList();
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

    /** What is asked for; empty parts ask for nothing. */
    private record Filter(String direction, String number, String since, String until, String from, String to) {

        static Filter of(Request request, String direction) {
            return new Filter(direction, parameter(request, "documentNumber"), parameter(request,
                    "timestampFromTicks"), parameter(request, "timestampToTicks"), parameter(request,
                    "fromDocumentDate"), parameter(request, "toDocumentDate"));
        }

        boolean matches(DiadocPaper paper) {
            long sent = paper.get("DocumentDirection").equals("Inbound") ? (long) paper.get("DeliveryTimestampTicks")
                    : (long) paper.get("SendTimestampTicks");
            return paper.get("DocumentDirection").equals(direction)
                    && (number.isEmpty() || number.equals(metadata(paper, "DocumentNumber")))
                    && (since.isEmpty() || sent >= Long.parseLong(since))
                    && (until.isEmpty() || sent <= Long.parseLong(until))
                    && (from.isEmpty() || !day(paper).isBefore(LocalDate.parse(from, DAY)))
                    && (to.isEmpty() || !day(paper).isAfter(LocalDate.parse(to, DAY)));
        }

        private static LocalDate day(DiadocPaper paper) {
            return LocalDate.parse(metadata(paper, "DocumentDate"), DAY);
        }

        private static String metadata(DiadocPaper paper, String key) {
            return ((List<?>) paper.get("Metadata")).stream().map(one -> (Map<?, ?>) one)
                    .filter(one -> one.get("Key").equals(key)).map(one -> (String) one.get("Value")).findFirst()
                    .orElseThrow();
        }
    }
}
