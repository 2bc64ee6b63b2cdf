package dev.sverka.flows.payments;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where people see items on the portal: addresses of one kind differ by their ids alone. Joins the running transaction. */
public class PortalPages {

    private final JdbcClient jdbc;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    PortalPages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param item as {@code bitrix24:<entity>/link} tells it, with {@code url}; any other one tells nothing
     * @return the item without it
     */
    Map<String, Object> see(Map<String, Object> item) {
        if (!item.containsKey("url")) {
            return item;
        }
        keep(item);
        Map<String, Object> bare = new LinkedHashMap<>(item);
        bare.keySet().removeAll(Set.of("url", "portal"));
        return bare;
    }

    private void keep(Map<String, Object> item) {
        String url = PortalItem.text(item.get("url"));
        String entity = PortalItem.text(item.get("entity"));
        String end = item.get("id") + "/";
        if (url == null || entity == null || !url.endsWith("/" + end)) {
            return;
        }
        String before = url.substring(0, url.length() - end.length());
        if (!before.equals(known.get(entity))) {
            if (jdbc.sql("update portal_page set before_id = ? where entity = ?").params(before, entity).update() == 0) {
                jdbc.sql("insert into portal_page (entity, before_id) select ?, ? where not exists"
                        + " (select 1 from portal_page where entity = ?)").params(entity, before, entity).update();
            }
            known.put(entity, before);
        }
    }

    /** Empty while no item of the kind has been read. */
    public Optional<String> of(String entity, String id) {
        return jdbc.sql("select before_id from portal_page where entity = ?").param(entity).query(String.class)
                .optional().map(before -> before + id + "/");
    }
}
