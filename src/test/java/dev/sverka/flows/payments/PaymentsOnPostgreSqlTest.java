package dev.sverka.flows.payments;

import dev.sverka.core.state.Databases;

class PaymentsOnPostgreSqlTest extends PaymentsContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
