package dev.sverka.core.state;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class StateOnH2Test extends StateContract {

    @TempDir
    static Path folder;

    @Override
    HikariDataSource open() {
        return Databases.h2(folder);
    }
}
