package dev.sverka.statements;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.state.Databases;

class RetellingOnPostgreSqlTest extends RetellingContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
