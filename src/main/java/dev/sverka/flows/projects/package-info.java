/**
 * Deals as folders of ClickUp, their stages as lists in it, and back: progress, last due date and hours. Each field has
 * one owner or a stated rule ({@code mappings/clickup.yaml}); what both sides agreed on last is kept, so that the echo of
 * our own write ends in nothing. What people delete or archive is never made again.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.journal", "core.state", "records.time"})
package dev.sverka.flows.projects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
