/**
 * Cash ahead, by account and day: what the accounts hold, and what the portal's open payments are yet to bring and to
 * cost. As planned a payment counts on its due date, an overdue one of a customer counts on no day and is told apart, an
 * overdue one of ours counts today, for it may go at any moment. Beside that stands what is likely: each customer's
 * payments by its own habit of paying late, ours as planned. Every morning's forecast is kept and held against what came.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.journal", "core.state", "flows.books", "flows.matching", "flows.payments"})
package dev.sverka.flows.forecast;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
