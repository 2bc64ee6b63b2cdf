/** The banks' published language: what each bank room emits and the payments flow reads. Records only, no logic. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.sverka.records.bank;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
