package dev.sverka.desk.console;

import dev.sverka.core.state.H2File;
import dev.sverka.core.state.Settings;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/backup}: a consistent copy of the H2 store, as a zip, for the command {@code backup}; ops only. */
@RestController
class BackupController {

    private final H2File store;
    private final Path folder;

    BackupController(H2File store, Settings settings) {
        this.store = store;
        this.folder = settings.homeFolder();
    }

    @PostMapping("/api/backup")
    void backup(HttpServletResponse answer) throws IOException, SQLException {
        if (!store.isPresent()) {
            throw new ApiRefusal(HttpStatus.CONFLICT, "the store is no H2 file; use pg_dump");
        }
        Path own = Files.createTempDirectory(folder, "backup");
        Path zip = own.resolve("store.zip");
        try {
            store.copyTo(zip);
            answer.setContentType("application/zip");
            answer.setContentLengthLong(Files.size(zip));
            Files.copy(zip, answer.getOutputStream());
        } finally {
            Files.deleteIfExists(zip);
            Files.delete(own);
        }
    }
}
