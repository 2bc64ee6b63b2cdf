package dev.sverka.statements;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.state.Databases;

class StatementsOnPostgreSqlTest extends StatementsContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
