package dev.sverka.statements;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.state.Databases;

class DeliveryOnPostgreSqlTest extends DeliveryContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
