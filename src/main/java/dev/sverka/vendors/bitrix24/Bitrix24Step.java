package dev.sverka.vendors.bitrix24;

import dev.sverka.core.portal.Difference;
import org.jspecify.annotations.Nullable;

/**
 * A line of the plan and how it is carried out.
 *
 * @param entity whose kind it changes
 * @param make null where nothing can be done, or not yet: what it stands in has to be made first
 * @param alone never in a batch: it takes the portal seconds (bitrix24.md section 6.2)
 * @param optional the portal may refuse it, and then it stays as it is
 */
record Bitrix24Step(String entity, Difference line, @Nullable Make make, boolean alone, boolean optional) {

    /** Finishes the command, asking the portal where it has to. */
    interface Make {
        Bitrix24Command command(Bitrix24Client client);
    }

    static Bitrix24Step said(String entity, Difference line) {
        return new Bitrix24Step(entity, line, null, false, false);
    }

    static Bitrix24Step together(String entity, Difference line, @Nullable Bitrix24Command command) {
        return new Bitrix24Step(entity, line, command == null ? null : client -> command, false, false);
    }

    static Bitrix24Step alone(String entity, Difference line, @Nullable Make make) {
        return new Bitrix24Step(entity, line, make, true, false);
    }

    Bitrix24Step orNot() {
        return new Bitrix24Step(entity, line, make, alone, true);
    }

    boolean canBeDone() {
        return make != null;
    }
}
