package dev.sverka.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.state.Databases;

class IntentsOnPostgreSqlTest extends IntentsContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
