package dev.sverka.desk.console;

import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DeskPagesOnH2Test extends DeskPagesContract {

    @TempDir
    static Path folder;

    @Override
    String url() {
        return Databases.h2Url(folder);
    }
}
