package dev.sverka.flows.calendar;

import dev.sverka.core.state.Databases;

class CalendarOnPostgreSqlTest extends CalendarContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
