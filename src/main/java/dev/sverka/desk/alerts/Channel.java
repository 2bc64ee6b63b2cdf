package dev.sverka.desk.alerts;

/** A way to people. */
interface Channel {

    /** As people read it, such as {@code Telegram}. */
    String name();

    /**
     * @param id the same for a repetition of the same message
     * @throws RuntimeException where it was not taken; the message says why, without any secret
     */
    void send(String id, String text);
}
