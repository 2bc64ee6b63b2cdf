/** Time's published language: what a room that knows who worked when emits, and the timesheets read. Records only. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.sverka.records.time;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
