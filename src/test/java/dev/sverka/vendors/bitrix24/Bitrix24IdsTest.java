package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class Bitrix24IdsTest {

    @Test
    void idsComeBackAsTheyWere() {
        Random dice = new Random(7);
        for (int n = 0; n < 200; n++) {
            SortedSet<Long> ids = new TreeSet<>();
            for (int i = dice.nextInt(40); i > 0; i--) {
                ids.add((long) dice.nextInt(60));
            }
            assertThat(Bitrix24Ids.read(Bitrix24Ids.write(ids))).isEqualTo(ids);
        }
    }

    @Test
    void neighboursTakeNoRoom() {
        assertThat(Bitrix24Ids.write(List.of(5L, 6L, 7L, 17L))).isEqualTo("5-2,a");
        assertThat(Bitrix24Ids.write(List.of())).isEmpty();
    }
}
