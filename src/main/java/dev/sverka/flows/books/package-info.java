/**
 * The books behind the ledger: the daily proof that no operation of a bank account is missing, doubled or altered,
 * and what FinTablo holds of each settled operation. It reads the ledger and changes nothing in it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"flows.matching", "flows.payments", "records.bank", "core.connector",
        "core.http", "core.journal", "core.state"})
package dev.sverka.flows.books;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
