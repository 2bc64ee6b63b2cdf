package dev.sverka.core.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EntryDecisionsOnH2Test extends EntryDecisionsContract {

    @TempDir
    static Path folder;

    @Override
    HikariDataSource open() {
        return Databases.h2(folder);
    }
}
