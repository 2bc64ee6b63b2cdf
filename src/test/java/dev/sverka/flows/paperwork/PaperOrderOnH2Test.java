package dev.sverka.flows.paperwork;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The same on H2. */
class PaperOrderOnH2Test extends PaperOrderContract {

    @TempDir
    Path home;

    @Override
    HikariDataSource store() {
        return Databases.h2(home);
    }
}
