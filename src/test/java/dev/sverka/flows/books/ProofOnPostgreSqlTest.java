package dev.sverka.flows.books;

import dev.sverka.core.state.Databases;

class ProofOnPostgreSqlTest extends ProofContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }

    @Override
    int days() {
        return 23;
    }
}
