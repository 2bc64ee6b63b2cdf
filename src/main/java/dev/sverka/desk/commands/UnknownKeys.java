package dev.sverka.desk.commands;

import dev.sverka.core.state.Check;
import dev.sverka.core.state.Problem;
import java.util.List;
import java.util.TreeSet;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Finds keys under {@code sverka.} that nothing reads: mistyped ones would else be ignored without a word. */
final class UnknownKeys implements Check {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("sverka");

    private final Environment environment;

    UnknownKeys(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Problem> check() {
        TreeSet<Problem> problems = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource listed) {
                boolean isVariables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                listed.filter(OURS::isAncestorOf).stream().distinct()
                        .filter(name -> isUnknown(name, source, isVariables))
                        .map(name -> problem(name, source.getConfigurationProperty(name)))
                        .forEach(problems::add);
            }
        }
        return List.copyOf(problems);
    }

    private static boolean isUnknown(ConfigurationPropertyName name, ConfigurationPropertySource source,
            boolean isVariables) {
        if (KnownKeys.knows(name) || isVariables && KnownKeys.knowsSquashed(name)) {
            return false;
        }
        ConfigurationProperty property = source.getConfigurationProperty(name);
        boolean isEmpty = property == null || property.getValue() == null
                || String.valueOf(property.getValue()).isEmpty();
        return !(isEmpty && KnownKeys.isParent(name));
    }

    private static Problem problem(ConfigurationPropertyName name, ConfigurationProperty property) {
        Place place = Place.of(property.getOrigin());
        return new Problem(place.file(), place.line(), "unknown key " + name + place.variable(),
                KnownKeys.nearest(name).map(known -> "write " + known)
                        .orElse("remove it; the README lists the keys there are"));
    }
}
