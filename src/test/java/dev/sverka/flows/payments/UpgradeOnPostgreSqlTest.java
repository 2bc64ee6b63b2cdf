package dev.sverka.flows.payments;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;

class UpgradeOnPostgreSqlTest extends UpgradeContract {

    @Override
    HikariDataSource empty() {
        return UpgradeOnH2Test.source(Databases.postgresUrl());
    }
}
