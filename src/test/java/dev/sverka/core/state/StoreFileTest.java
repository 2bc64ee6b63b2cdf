package dev.sverka.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class StoreFileTest {

    @TempDir
    Path folder;

    @Test
    void aCopyOfARunningStoreBringsBackWhatItHeldAndWhatCameAfterIsKeptAside() throws Exception {
        StoreFile store = new StoreFile(Databases.h2Url(folder), "", "");
        Path zip = folder.resolve("copy.zip");
        Path aside = folder.resolve("aside.mv.db");
        try (HikariDataSource running = Databases.h2(folder)) {
            insert(running, "before");
            new H2File(running).copyTo(zip);
            insert(running, "after");
        }

        store.replaceBy(zip, aside);

        assertThat(Files.exists(aside)).isTrue();
        try (HikariDataSource restored = Databases.h2(folder)) {
            assertThat(JdbcClient.create(restored).sql("select name from lease").query(String.class).list())
                    .containsExactly("before");
        }
    }

    private static void insert(HikariDataSource store, String name) {
        JdbcClient.create(store).sql("insert into lease (name, holder, until_at) values (?, 'x', 1)").param(name)
                .update();
    }
}
