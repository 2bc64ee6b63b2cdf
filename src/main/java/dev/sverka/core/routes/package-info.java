/**
 * What the ops team edits, loaded: {@code routes/*.yaml} and {@code mappings/*.yaml} are tried before they are taken,
 * swapped while everything else runs, and refused with file, line and cure. Also the one error policy, and the door
 * for webhooks.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "core.journal", "core.state", "core.mapping"})
package dev.sverka.core.routes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
