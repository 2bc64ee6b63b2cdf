package dev.sverka.flows.payments;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class UpgradeOnH2Test extends UpgradeContract {

    @TempDir
    static Path folder;

    @Override
    HikariDataSource empty() {
        return source(Databases.h2Url(folder));
    }

    static HikariDataSource source(String url) {
        HikariDataSource store = new HikariDataSource();
        store.setJdbcUrl(url);
        return store;
    }
}
