package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Check;
import dev.sverka.core.state.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class FindingsTest {

    @Test
    void oneCheckThatFailsHidesNoOthersFindings() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        Problem missing = new Problem("mappings/portal.yaml", 7, "no such stage", "create it");
        beans.addBean("broken", (Check) () -> {
            throw new IllegalStateException("the vendor is away");
        });
        beans.addBean("healthy", (Check) () -> List.of(missing));
        Findings findings = new Findings(beans.getBeanProvider(Check.class));
        assertThat(findings.all()).isEmpty();
        findings.look();
        assertThat(findings.all()).containsExactly(missing);
        findings.destroy();
    }
}
