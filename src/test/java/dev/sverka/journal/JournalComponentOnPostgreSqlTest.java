package dev.sverka.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.state.Databases;

class JournalComponentOnPostgreSqlTest extends JournalComponentContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
