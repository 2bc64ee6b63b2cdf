/**
 * The EDO providers' published language: what each EDO room emits and whoever follows papers reads. Records only, no
 * logic, and nothing that only two of the providers have: a third one fits in without a change here.
 *
 * <p>How to follow a document: its key is {@link dev.sverka.records.edo.EdoDocument#source} with
 * {@link dev.sverka.records.edo.EdoDocument#id}; the feeds repeat and overlap, so what they tell is compared by
 * {@link dev.sverka.records.edo.EdoDocument#changedAt}, and where both say the same moment by {@code readAt}: an older
 * reading never overwrites a newer one. A state that is null was not understood: what was known stays, and a person is
 * told. {@link dev.sverka.records.edo.EdoState#followers} says which step is usual; any other is real too, and worth a
 * word to a person. Steps in between need not be seen.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.sverka.records.edo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
