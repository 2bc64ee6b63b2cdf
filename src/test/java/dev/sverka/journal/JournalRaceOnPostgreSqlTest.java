package dev.sverka.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.state.Databases;

class JournalRaceOnPostgreSqlTest extends JournalRaceContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
