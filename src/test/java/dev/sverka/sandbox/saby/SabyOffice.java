package dev.sverka.sandbox.saby;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One account's documents, and the list of what happened to them; what people do is done here (saby.md section 6). */
public final class SabyOffice {

    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd.MM.yyyy HH.mm.ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    /** A change as it stands in the feed: the document's head and state as they were. */
    record Change(String event, Instant at, Map<String, Object> record) {
    }

    private final Clock clock;
    private final String url;
    private final Map<String, Map<String, Object>> papers = new LinkedHashMap<>();
    private final List<Change> feed = new ArrayList<>();
    private int number;
    private Duration late = Duration.ZERO;

    /** @param url where its files lie */
    SabyOffice(Clock clock, String url) {
        this.clock = clock;
        this.url = url;
    }

    static String text(Instant at) {
        return TIME.format(at.atZone(MOSCOW));
    }

    /** Whatever is done in it is written that much later than its time says: a cursor may be past it. */
    public synchronized void written(Duration later, Runnable doing) {
        late = later;
        doing.run();
        late = Duration.ZERO;
    }

    /** A draft nobody has been told of. @param type such as {@code ДокОтгрИсх} @return its id */
    public synchronized String paper(String type, String sum) {
        String id = "a0000000-0000-4000-8000-%012d".formatted(++number);
        boolean incoming = type.endsWith("Вх");
        Map<String, Object> paper = new LinkedHashMap<>();
        paper.put("Идентификатор", id);
        paper.put("Дата", DAY.format(clock.instant().atZone(MOSCOW)));
        paper.put("Номер", Integer.toString(number));
        paper.put("Сумма", sum);
        paper.put("Название", "Документ № " + number);
        paper.put("Тип", type);
        paper.put("Направление", incoming ? "Входящий" : "Исходящий");
        paper.put("НашаОрганизация", Map.of("СвЮЛ", Map.of("ИНН", "0000123404", "КПП", "000001001", "Название",
                "Вымысел-Продавец, ООО")));
        paper.put("Контрагент", Map.of("СвЮЛ", Map.of("ИНН", "0000567801", "КПП", "000001001", "Название",
                "Вымысел-Покупатель, ООО")));
        paper.put("Состояние", Map.of("Код", "0", "Название", "Документ редактируется", "Примечание", ""));
        paper.put("Редакция", new ArrayList<>(List.of(revision(1))));
        paper.put("СсылкаДляНашаОрганизация", "https://online.sbis.ru/opendoc.html?guid=" + id);
        paper.put("Удален", "Нет");
        paper.put("Событие", new ArrayList<>());
        paper.put("Вложение", List.of(attachment("ИзвПолуч", "Да", "", "0.00", id + "-0"), attachment("Док", "Нет",
                Integer.toString(number), sum, id + "-1")));
        papers.put(id, paper);
        return id;
    }

    private Map<String, Object> attachment(String type, String service, String number, String sum, String file) {
        return Map.of("Тип", type, "Служебный", service, "Направление", "Исходящий", "Номер", number, "Дата",
                DAY.format(clock.instant().atZone(MOSCOW)), "Сумма", sum, "Удален", "Нет", "Файл", Map.of("Имя", file
                        + ".xml", "Ссылка", url + "/disk/api/v1/" + file));
    }

    /** A further paper bundled into it. */
    @SuppressWarnings("unchecked")
    public synchronized void bundle(String id, String number, String sum) {
        List<Object> papers = new ArrayList<>((List<Object>) this.papers.get(id).get("Вложение"));
        papers.add(attachment("Акт", "Нет", number, sum, id + "-" + papers.size()));
        this.papers.get(id).put("Вложение", papers);
    }

    private Map<String, Object> revision(int of) {
        return new LinkedHashMap<>(Map.of("Идентификатор", "d0000000-0000-4000-8000-%06d%06d".formatted(number, of),
                "Актуален", "Да", "ДатаВремя", text(clock.instant()), "ПримечаниеИС", "crm-item-" + number));
    }

    /** A new revision of it takes the place of the one before. */
    @SuppressWarnings("unchecked")
    public synchronized void revise(String id) {
        List<Map<String, Object>> revisions = (List<Map<String, Object>>) papers.get(id).get("Редакция");
        revisions.forEach(one -> one.put("Актуален", "Нет"));
        revisions.add(revision(revisions.size() + 1));
        happens(id, "3", "Отправка", "редакция " + revisions.size());
    }

    /** It gets another state, and an event tells it. @return the event's id */
    @SuppressWarnings("unchecked")
    public synchronized String happens(String id, String code, String event, String comment) {
        state(id, code);
        String eventId = "e0000000-0000-4000-8000-%012d".formatted(++number);
        Instant at = clock.instant().minus(late);
        Map<String, Object> told = new LinkedHashMap<>(Map.of("Идентификатор", eventId, "Название", event, "ДатаВремя",
                text(at), "Комментарий", comment, "Вложение", List.of()));
        ((List<Object>) papers.get(id).get("Событие")).add(told);
        Map<String, Object> record = new LinkedHashMap<>(papers.get(id));
        record.put("Событие", List.of(told));
        record.remove("Вложение");
        int place = feed.size();
        while (place > 0 && feed.get(place - 1).at().isAfter(at)) {
            place--;
        }
        feed.add(place, new Change(eventId, at, record));
        return eventId;
    }

    public void send(String id) {
        happens(id, "3", "Отправка", "");
    }

    public void deliver(String id) {
        happens(id, "4", "Извещение о получении", "");
    }

    public void sign(String id) {
        happens(id, "7", "Уведомление о приеме", "");
    }

    public void reject(String id, String why) {
        happens(id, "9", "Уведомление об уточнении", why);
    }

    /** Another state that no event tells. */
    public synchronized void state(String id, String code) {
        papers.get(id).put("Состояние", Map.of("Код", code, "Название", "Состояние " + code, "Примечание", ""));
    }

    /** Deleted from our lists; a finished one without an event. */
    public synchronized void delete(String id) {
        papers.get(id).put("Удален", "Да");
    }

    /** An event is gone from the server, and cursors that name it with it. */
    @SuppressWarnings("unchecked")
    public synchronized void forget(String event) {
        feed.removeIf(one -> one.event().equals(event));
        papers.values().forEach(paper -> ((List<Map<String, Object>>) paper.get("Событие"))
                .removeIf(one -> one.get("Идентификатор").equals(event)));
    }

    public synchronized void purge(String id) {
        papers.remove(id);
    }

    synchronized List<Change> feed() {
        return List.copyOf(feed);
    }

    synchronized Map<String, Object> paper(String id) {
        return papers.get(id);
    }

    public synchronized List<String> papers() {
        return List.copyOf(papers.keySet());
    }

    synchronized List<Map<String, Object>> dated(String from, String to, String type) {
        return papers.values().stream().filter(one -> (type.isEmpty() || type.equals(one.get("Тип")))
                && !day(one).isBefore(from.isEmpty() ? LocalDate.MIN : LocalDate.parse(from, DAY))
                && !day(one).isAfter(to.isEmpty() ? LocalDate.MAX : LocalDate.parse(to, DAY))).toList();
    }

    private static LocalDate day(Map<String, Object> paper) {
        return LocalDate.parse((String) paper.get("Дата"), DAY);
    }
}
