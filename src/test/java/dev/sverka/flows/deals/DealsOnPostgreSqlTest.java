package dev.sverka.flows.deals;

import dev.sverka.core.state.Databases;

class DealsOnPostgreSqlTest extends DealsContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
