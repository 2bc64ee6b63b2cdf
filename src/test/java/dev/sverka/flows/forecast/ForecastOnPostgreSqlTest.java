package dev.sverka.flows.forecast;

import dev.sverka.core.state.Databases;

class ForecastOnPostgreSqlTest extends ForecastContract {

    @Override
    String url() {
        return Databases.postgresUrl();
    }
}
