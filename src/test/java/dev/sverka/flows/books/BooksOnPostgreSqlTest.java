package dev.sverka.flows.books;

import dev.sverka.core.state.Databases;

class BooksOnPostgreSqlTest extends BooksContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
