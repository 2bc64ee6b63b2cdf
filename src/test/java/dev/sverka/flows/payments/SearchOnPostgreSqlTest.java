package dev.sverka.flows.payments;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;

class SearchOnPostgreSqlTest extends SearchContract {

    @Override
    HikariDataSource store() {
        return Databases.postgres();
    }
}
