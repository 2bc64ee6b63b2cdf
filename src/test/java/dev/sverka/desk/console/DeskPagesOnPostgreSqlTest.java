package dev.sverka.desk.console;

import dev.sverka.core.state.Databases;

class DeskPagesOnPostgreSqlTest extends DeskPagesContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
