package dev.sverka.desk.console;

import dev.sverka.core.journal.AccountState;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.matching.Own;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What a new installation still lacks, one line of configuration for each: shown until money of some bank can reach the
 * portal. What is said to each stands in the messages under its name.
 */
@Component
class FirstSteps {

    private static final Set<String> BANKS = Set.of("tbank", "tochka", "statements");

    private final Accounts accounts;
    private final Own own;
    private final Settings settings;

    FirstSteps(Accounts accounts, Own own, Settings settings) {
        this.accounts = accounts;
        this.own = own;
        this.settings = settings;
    }

    /** @param needed whether nothing works without it; @param line what to write into config/application.yaml */
    record Step(String name, boolean done, boolean needed, String line) {
    }

    /** Empty once there is nothing to lead through. */
    List<Step> all() {
        Set<String> on = accounts.all().stream().filter(one -> !one.state().equals("off")).map(AccountState::name)
                .map(name -> name.replaceFirst("\\..*", "")).collect(Collectors.toSet());
        boolean company = !own.ownCompanies().isEmpty();
        boolean bank = on.stream().anyMatch(BANKS::contains);
        if (company && bank && on.contains("bitrix24")) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("company", company, true, "sverka.own-companies:\n  - {inn: \"7701234567\", kpp: \"770101001\", "
                + "name: ООО «Пример», accounts: [\"40702810000000000001\"]}"));
        steps.add(new Step("bitrix24", on.contains("bitrix24"), true,
                "sverka.bitrix24.main.url: https://ПОРТАЛ.bitrix24.ru/rest/17/СЕКРЕТ/"));
        steps.add(new Step("bank", bank, true, "sverka.tbank.main.token: t.ТОКЕН\n# sverka.tochka.main.token: КЛЮЧ"
                + "\n# sverka.statements.main.folder: inbox"));
        steps.add(new Step("events", settings.publicUrl() != null, false, "sverka.public-url: https://sverka.example.ru\n"
                + "sverka.bitrix24.main.application-token: ТОКЕН"));
        steps.add(new Step("fintablo", on.contains("fintablo"), false, "sverka.fintablo.main.token: ТОКЕН"));
        steps.add(new Step("clickup", on.contains("clickup"), false, "sverka.clickup.main.token: pk_ТОКЕН"));
        steps.add(new Step("edo", on.contains("diadoc") || on.contains("saby"), false,
                "sverka.diadoc.main.refresh-token: ТОКЕН\n# sverka.saby.main.app-client-id: НОМЕР"));
        return steps;
    }
}
