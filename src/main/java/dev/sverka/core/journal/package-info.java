/**
 * The heart: everything that arrives becomes an entry here before it is acknowledged, and every write to a vendor is an
 * intent here before it is sent. Entries are worked on under a lease, in order within one key.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.sverka.core.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
