package dev.sverka.core.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class IntentsOnH2Test extends IntentsContract {

    @TempDir
    static Path folder;

    @Override
    HikariDataSource open() {
        return Databases.h2(folder);
    }
}
