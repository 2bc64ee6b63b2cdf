package dev.sverka.flows.paperwork;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;

/** The same on PostgreSQL. */
class PaperOrderOnPostgreSqlTest extends PaperOrderContract {

    @Override
    HikariDataSource store() {
        return Databases.postgres();
    }
}
