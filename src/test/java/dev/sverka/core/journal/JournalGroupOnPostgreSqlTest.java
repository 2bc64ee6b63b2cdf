package dev.sverka.core.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;

class JournalGroupOnPostgreSqlTest extends JournalGroupContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }

    @Override
    int most() {
        return 1;
    }
}
