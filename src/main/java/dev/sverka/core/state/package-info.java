/**
 * What cannot be asked again: cursors of feeds, links between systems' ids with their last agreed values, the audit of
 * writes, shared limits, the last accepted texts of routes and mappings. One set of migrations for H2 and PostgreSQL.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "core.http")
package dev.sverka.core.state;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
