/**
 * CRM as code: what {@code mappings/portal.yaml} declares of the portal. Routes, mappings and Java say its keys; how the
 * portal itself calls a thing is known to the Bitrix24 room alone.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.state"})
package dev.sverka.core.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
