package dev.sverka.core.mapping;

import dev.sverka.core.state.Declared;
import java.util.List;

/** The files of a few rooms alone, for their tests. */
public final class SomeMappings {

    private SomeMappings() {
    }

    public static Mappings of(Declared<?>... declared) {
        return new Mappings(List.of(declared));
    }
}
