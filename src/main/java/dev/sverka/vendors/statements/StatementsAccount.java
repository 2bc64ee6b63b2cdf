package dev.sverka.vendors.statements;

import dev.sverka.core.connector.DropFolder;

/** One drop folder at work. @param name such as {@code statements.main} */
record StatementsAccount(String name, DropFolder folder, StatementReader reader) {
}
