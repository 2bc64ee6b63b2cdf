package dev.sverka.flows.payments;

import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LearnedAccountsOnH2Test extends LearnedAccountsContract {

    @TempDir
    static Path folder;

    @Override
    String url() {
        return Databases.h2Url(folder);
    }
}
