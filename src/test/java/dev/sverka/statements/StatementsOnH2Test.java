package dev.sverka.statements;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class StatementsOnH2Test extends StatementsContract {

    @TempDir
    static Path folder;

    @Override
    HikariDataSource open() {
        return Databases.h2(folder);
    }
}
