package dev.sverka.vendors.statements;

/** One drop folder at work. @param name such as {@code statements.main} */
record StatementsAccount(String name, DropFolder folder, StatementReader reader) {
}
