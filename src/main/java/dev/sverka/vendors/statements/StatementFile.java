package dev.sverka.vendors.statements;

import java.util.List;
import java.util.Set;

/**
 * A whole file, as it stands.
 *
 * @param header its dates are hints only (sheet section 2)
 * @param accounts whose statement it is: of the header and of the sections
 * @param sections balances and turnovers, each of one account and one or more days
 * @param documents how many; they are read one at a time by {@link StatementParser#documents}
 * @param findings what did not hinder the reading
 */
record StatementFile(Block header, Set<String> accounts, List<Block> sections, int documents,
        List<Finding> findings) {
}
