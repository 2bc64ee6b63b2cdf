package dev.sverka.flows.payments;

import dev.sverka.core.state.Databases;

class RandomHistoryOnPostgreSqlTest extends RandomHistoryContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
