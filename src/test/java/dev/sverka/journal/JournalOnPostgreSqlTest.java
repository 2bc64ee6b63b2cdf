package dev.sverka.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.state.Databases;

class JournalOnPostgreSqlTest extends JournalContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
