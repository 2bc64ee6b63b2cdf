package dev.sverka.vendors.statements;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DeliveryOnH2Test extends DeliveryContract {

    @TempDir
    static Path database;

    @Override
    HikariDataSource open() {
        return Databases.h2(database);
    }
}
