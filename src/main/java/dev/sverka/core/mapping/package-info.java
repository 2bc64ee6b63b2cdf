/**
 * The files under {@code mappings/}: declarations, which other rooms give their meaning, and field maps {@code
 * <from>-to-<to>.yaml}, applied by {@code mapping:<name>}. Converters are a closed list written in Java.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.state"})
package dev.sverka.core.mapping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
