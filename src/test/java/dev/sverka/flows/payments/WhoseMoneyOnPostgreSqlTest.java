package dev.sverka.flows.payments;

import dev.sverka.core.state.Databases;

class WhoseMoneyOnPostgreSqlTest extends WhoseMoneyContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
