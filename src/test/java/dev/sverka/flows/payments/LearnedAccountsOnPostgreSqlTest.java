package dev.sverka.flows.payments;

import dev.sverka.core.state.Databases;

class LearnedAccountsOnPostgreSqlTest extends LearnedAccountsContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
