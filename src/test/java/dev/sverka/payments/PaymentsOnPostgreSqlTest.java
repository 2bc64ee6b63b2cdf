package dev.sverka.payments;

import dev.sverka.state.Databases;

class PaymentsOnPostgreSqlTest extends PaymentsContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
