package dev.sverka.desk.console;

import dev.sverka.flows.books.Proofs;
import dev.sverka.flows.payments.MachineWork;
import dev.sverka.flows.payments.ReviewPages;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the first page says of money: what waits, what was done, and whether the proposals deserve trust. */
@Component
class HomeFigures {

    private static final int LATELY = 8;
    /** From here on the machine errs less often than a tired person. */
    private static final double ENOUGH = 0.95;
    /** So many answers are looked at. */
    private static final long MOST_ANSWERS = 2000;
    /** One-sided, 95 %. */
    private static final double Z = 1.645;
    /** What turns an account of a vendor on: the line that is missing where it is off. */
    private static final Map<String, String> LINES = Map.of("bitrix24", "url: https://ПОРТАЛ/rest/1/СЕКРЕТ/",
            "clickup", "token: pk_…", "fintablo", "token: …", "tbank", "token: t.…", "tochka", "token: …",
            "statements", "folder: /…", "invoices", "folder: /…", "diadoc", "refresh-token: …",
            "saby", "app-client-id: …");

    private final MachineWork machine;
    private final ReviewPages reviews;
    private final Proofs proofs;

    HomeFigures(MachineWork machine, ReviewPages reviews, Proofs proofs) {
        this.machine = machine;
        this.reviews = reviews;
        this.proofs = proofs;
    }

    /**
     * @param proven the share of agreement that the answers prove, per cent
     * @param enough whether that will do
     * @param more how many further answers without a disagreement would do; 0 where more than are looked at
     */
    record Trust(String rule, long asked, long agreed, int proven, boolean enough, long more) {
    }

    /** @param since when the person who looks was here last */
    void show(Model model, Instant since) {
        model.addAttribute("differs", proofs.differing().stream().limit(LATELY).toList());
        model.addAttribute("waits", reviews.counts());
        model.addAttribute("did", machine.latest(LATELY));
        model.addAttribute("since", since);
        model.addAttribute("tallies", machine.tallies(since));
        model.addAttribute("asked", machine.asked(since));
        model.addAttribute("shadow", machine.isShadow());
        if (machine.isShadow()) {
            List<Trust> trust = machine.agreements().stream().map(one -> trust(one.rule(), one.asked(), one.agreed()))
                    .toList();
            model.addAttribute("trust", trust);
            model.addAttribute("trusted", !trust.isEmpty() && trust.stream().allMatch(Trust::enough));
        }
    }

    /** Wilson's lower bound: a few answers prove little, however unanimous. */
    static Trust trust(String rule, long asked, long agreed) {
        double bound = bound(asked, agreed);
        long more = 0;
        while (bound(asked + more, agreed + more) < ENOUGH && more < MOST_ANSWERS) {
            more++;
        }
        return new Trust(rule, asked, agreed, (int) Math.floor(bound * 100), bound >= ENOUGH,
                more == MOST_ANSWERS ? 0 : more);
    }

    private static double bound(long asked, long agreed) {
        double n = asked;
        double share = agreed / n;
        return (share + Z * Z / (2 * n) - Z * Math.sqrt((share * (1 - share) + Z * Z / (4 * n)) / n)) / (1 + Z * Z / n);
    }

    /** @param account such as {@code tbank.main} */
    static @Nullable String turnsOn(String account) {
        int dot = account.indexOf('.');
        String line = dot < 0 ? null : LINES.get(account.substring(0, dot));
        return line == null ? null : "sverka." + account + "." + line;
    }
}
