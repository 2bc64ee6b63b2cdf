package dev.sverka.flows.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FoldingTest {

    @Property
    void whatIsFoldedFitsAndUnfoldsToWhatItWas(@ForAll String written) {
        String text = new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replaceAll("[\r\n]", "") + "\r\n";
        String folded = Folding.fold(text);
        assertThat(folded.replace("\r\n ", "")).isEqualTo(text.replace("\r\n ", ""));
        for (String line : folded.split("\r\n")) {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75);
            assertThat(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(line);
        }
    }
}
