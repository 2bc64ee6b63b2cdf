package dev.sverka.flows.payments;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SearchOnH2Test extends SearchContract {

    @TempDir
    static Path folder;

    @Override
    HikariDataSource store() {
        return Databases.h2(folder);
    }
}
