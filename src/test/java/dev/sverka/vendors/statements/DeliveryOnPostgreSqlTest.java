package dev.sverka.vendors.statements;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;

class DeliveryOnPostgreSqlTest extends DeliveryContract {

    @Override
    HikariDataSource open() {
        return Databases.postgres();
    }
}
