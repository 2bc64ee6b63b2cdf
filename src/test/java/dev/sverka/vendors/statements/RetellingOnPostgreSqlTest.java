package dev.sverka.vendors.statements;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;

class RetellingOnPostgreSqlTest extends RetellingContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
