package dev.sverka.core.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;

class JournalOnPostgreSqlTest extends JournalContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
