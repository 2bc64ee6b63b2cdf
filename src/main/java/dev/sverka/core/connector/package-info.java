/**
 * What Camel sees of a vendor: {@code scheme:entity/verb}. A vendor room describes itself as a {@link
 * dev.sverka.core.connector.Connector}; the classes here turn that into consumers ({@code changed}, {@code pushed}) and
 * producers (every other verb), with position, journal, intents and account states taken care of. Also {@code
 * schedule:}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.http", "core.journal", "core.state"})
package dev.sverka.core.connector;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
