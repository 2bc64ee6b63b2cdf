package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

/** What must hold of what people read on the portal, for any sum and any id. */
class CommentsPropertiesTest {

    @Property(tries = 300)
    void aSumReadsAsItWasMeant(@ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long kopecks) {
        String text = Comments.money(kopecks, "RUB");
        assertThat(text).endsWith("\u00a0₽").matches("[\\d\u00a0]+,\\d\\d\u00a0₽");
        assertThat(PortalItem.kopecks(text.replaceAll("[^\\d,]", "").replace(',', '.'))).isEqualTo(kopecks);
    }

    @Property(tries = 200)
    void aMarkerFitsFortyCharacters(@ForAll @StringLength(min = 1, max = 80) String sourceId, @ForAll @LongRange(min = 1) long id) {
        assertThat(Comments.marker("tbank.main", sourceId, id)).hasSizeLessThanOrEqualTo(40)
                .startsWith("sverka:bank-operation:");
        assertThat(Comments.marker("tbank.a-long-account-name", sourceId, id)).hasSizeLessThanOrEqualTo(40);
    }
}
