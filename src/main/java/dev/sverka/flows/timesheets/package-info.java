/**
 * Hours into reports and acts. A work report of a stage and a month follows ClickUp until it leaves Черновик, and is a
 * frozen snapshot then: what changes later is a correction in the next draft, so that every billable minute stands on one
 * act.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"flows.books", "flows.projects", "core.journal", "core.state"})
package dev.sverka.flows.timesheets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
