package dev.sverka.flows.payments;

import dev.sverka.core.state.Databases;

class WayBackOnPostgreSqlTest extends WayBackContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
