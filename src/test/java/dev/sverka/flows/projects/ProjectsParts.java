package dev.sverka.flows.projects;

import dev.sverka.core.state.Declared;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Parts of the room over a store, for measurements of the rooms that use them. */
public final class ProjectsParts {

    private ProjectsParts() {
    }

    public static TimeBook time(JdbcClient jdbc, ZoneId zone) {
        return new TimeBook(jdbc, zone);
    }

    public static ProjectPlaces places(JdbcClient jdbc) {
        return new ProjectPlaces(new ProjectBook(jdbc));
    }

    /** Everybody is found by e-mail. */
    public static Declared<People> people() {
        Declared<People> people = new Declared<>("people", People::read);
        people.put(new People(List.of()));
        return people;
    }
}
