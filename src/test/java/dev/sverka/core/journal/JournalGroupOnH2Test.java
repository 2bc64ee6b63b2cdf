package dev.sverka.core.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JournalGroupOnH2Test extends JournalGroupContract {

    @TempDir
    static Path folder;

    @Override
    HikariDataSource open() {
        return Databases.h2(folder);
    }

    /** In the same process a statement costs little: each news has its own. */
    @Override
    int most() {
        return 180;
    }
}
