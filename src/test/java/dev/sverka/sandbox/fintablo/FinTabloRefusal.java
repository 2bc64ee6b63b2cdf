package dev.sverka.sandbox.fintablo;

/** What FinTablo answers instead of doing it (fintablo.md section 3). */
final class FinTabloRefusal extends RuntimeException {

    final int status;

    FinTabloRefusal(int status, String text) {
        super(text);
        this.status = status;
    }

    static FinTabloRefusal noItem() {
        return new FinTabloRefusal(422, "No item found");
    }

    static FinTabloRefusal required() {
        return new FinTabloRefusal(400, "Required fields not exist");
    }
}
