package dev.sverka.flows.deals;

import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DealsOnH2Test extends DealsContract {

    @TempDir
    static Path folder;

    @Override
    String url() {
        return Databases.h2Url(folder);
    }
}
