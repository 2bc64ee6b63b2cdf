/** Invoices read from files: the published language between the room of drop folders and whoever books them. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.sverka.records.invoice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
