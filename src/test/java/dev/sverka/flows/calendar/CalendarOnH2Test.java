package dev.sverka.flows.calendar;

import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class CalendarOnH2Test extends CalendarContract {

    @TempDir
    static Path folder;

    @Override
    String url() {
        return Databases.h2Url(folder);
    }
}
