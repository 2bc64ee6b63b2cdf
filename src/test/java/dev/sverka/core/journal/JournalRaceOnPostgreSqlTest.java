package dev.sverka.core.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;

class JournalRaceOnPostgreSqlTest extends JournalRaceContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
