/**
 * Invoices made in 1C, as PDF files from a drop folder. Surprises that shaped the room:
 *
 * <ul>
 *   <li>The text of a PDF comes in the order in which it was drawn: it is read sorted by place on the page.
 *   <li>The seller's ИНН stands twice, in the bank's block and in its own line: only the line «Поставщик» says whose it is.
 *   <li>A sum stands several times; where two places differ, none of them is believed.
 *   <li>A PDF may be read without end or to gigabytes, and no thread can be stopped that does so: a process can.
 *   <li>A scan has no text at all: a person looks at its picture.
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "core.state", "records.invoice"})
package dev.sverka.vendors.invoices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
