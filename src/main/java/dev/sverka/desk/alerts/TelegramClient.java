package dev.sverka.desk.alerts;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.NoAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import tools.jackson.databind.json.JsonMapper;

/** A bot's {@code sendMessage}. The token stands in the address, so the address stands in no log and no error. */
final class TelegramClient implements Channel {

    private static final MediaType JSON = MediaType.get("application/json");
    /** Longer ones are refused. */
    private static final int LONGEST = 4000;

    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Door door;
    private final String address;
    private final String chat;
    private final JsonMapper json = JsonMapper.builder().build();

    /** @param url without a slash at the end */
    TelegramClient(Door door, String url, String token, String chat) {
        this.door = door;
        this.address = url + "/bot" + token + "/sendMessage";
        this.chat = chat;
    }

    /** @param telegram with token and chat */
    static TelegramClient of(AlertProperties.Telegram telegram, Doors doors) {
        String url = telegram.url().replaceAll("/+$", "");
        Door door = doors.open("alerts.telegram", HttpUrl.get(url), ANSWER, new Door.Limit(5, 0.5));
        return new TelegramClient(door, url, Objects.requireNonNull(telegram.token()),
                Objects.requireNonNull(telegram.chatId()));
    }

    @Override
    public String name() {
        return "Telegram";
    }

    @Override
    public void send(String id, String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        Request request = new Request.Builder().url(address).post(RequestBody.create(
                json.writeValueAsBytes(Map.of("chat_id", chat, "text", cut, "disable_web_page_preview", true)), JSON))
                .build();
        try {
            Answer answer = door.repeatably("sendMessage", request);
            if (answer.status() != 200) {
                throw new IllegalStateException("Telegram answered " + answer.status()
                        + "; look at sverka.alerts.telegram.token and .chat-id");
            }
        } catch (NoAnswer lost) {
            throw new IllegalStateException("Telegram does not answer", lost);
        }
    }
}
