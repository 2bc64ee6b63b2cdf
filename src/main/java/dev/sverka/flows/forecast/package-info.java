/**
 * Cash ahead, by account and day: what the accounts hold, and what the portal's open payments are yet to bring and to
 * cost. It says what is planned and guesses nothing: a payment counts on its due date, an overdue one of a customer
 * counts on no day and is told apart, an overdue one of ours counts today, for it may go at any moment.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.state", "flows.books", "flows.matching", "flows.payments"})
package dev.sverka.flows.forecast;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
