package dev.sverka.flows.books;

import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class BooksOnH2Test extends BooksContract {

    @TempDir
    static Path folder;

    @Override
    String url() {
        return Databases.h2Url(folder);
    }
}
