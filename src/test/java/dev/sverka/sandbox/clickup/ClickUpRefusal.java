package dev.sverka.sandbox.clickup;

/** How ClickUp says no (clickup.md section 4). */
final class ClickUpRefusal extends RuntimeException {

    final int status;
    final String code;

    ClickUpRefusal(int status, String code, String words) {
        super(words);
        this.status = status;
        this.code = code;
    }

    /** Unknown and foreign ids (section 4.2). */
    static ClickUpRefusal unknown() {
        return new ClickUpRefusal(401, "OAUTH_027", "Team not authorized");
    }
}
