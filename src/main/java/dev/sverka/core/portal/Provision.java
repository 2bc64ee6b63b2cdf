package dev.sverka.core.portal;

import java.util.List;
import java.util.function.Consumer;

/** CRM as code: brings a portal to what {@code mappings/portal.yaml} declares. Nothing of people's is ever deleted. */
public interface Provision {

    /**
     * Only looks.
     *
     * @return what differs, in the file's order
     * @throws RuntimeException with words for a person where the portal cannot be reached or read
     */
    List<Difference> compare();

    /**
     * Makes what is missing. May be stopped at any call and begun anew: what was made is found again.
     *
     * @param done hears of each thing that was made or changed
     * @return what differs still
     * @throws RuntimeException with words for a person where the portal refuses or cannot be reached
     */
    List<Difference> apply(Consumer<Difference> done);

    /** What people must enter on the portal themselves, a line each: the vendor has no call for it. */
    List<String> byHand();
}
