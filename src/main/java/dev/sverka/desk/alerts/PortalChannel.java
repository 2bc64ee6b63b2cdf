package dev.sverka.desk.alerts;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import java.util.List;
import java.util.Map;

/** Notifications on the Bitrix24 portal, through the journal: the route {@code alert-notify} carries them there. */
final class PortalChannel implements Channel {

    private final Journal journal;
    private final List<Long> users;

    PortalChannel(Journal journal, List<Long> users) {
        this.journal = journal;
        this.users = List.copyOf(users);
    }

    @Override
    public String name() {
        return "Bitrix24";
    }

    @Override
    public void send(String id, String text) {
        users.forEach(user -> journal.accept(new Event("alert-notify", "bitrix24.main", id + "-" + user, null, true,
                Map.of("to", user, "text", text, "marker", "sverka:alert:main:" + id + "-" + user),
                Map.of("SyncId", id + "-" + user), null)));
    }
}
