package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MessagesTest {

    @Test
    void everythingIsSaidInBothLanguages() throws IOException {
        Properties english = read("/messages.properties");
        Properties russian = read("/messages_ru.properties");
        assertThat(russian.keySet()).isEqualTo(english.keySet());
        assertThat(english.values()).noneMatch(text -> text.toString().isBlank());
        assertThat(russian.values()).noneMatch(text -> text.toString().isBlank());
    }

    private static Properties read(String file) throws IOException {
        Properties words = new Properties();
        try (Reader reader = new InputStreamReader(MessagesTest.class.getResourceAsStream(file),
                StandardCharsets.UTF_8)) {
            words.load(reader);
        }
        return words;
    }
}
