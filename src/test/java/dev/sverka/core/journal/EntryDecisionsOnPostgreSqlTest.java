package dev.sverka.core.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;

class EntryDecisionsOnPostgreSqlTest extends EntryDecisionsContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
