package dev.sverka.core.state;

import com.zaxxer.hikari.HikariDataSource;

class StateOnPostgreSqlTest extends StateContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
