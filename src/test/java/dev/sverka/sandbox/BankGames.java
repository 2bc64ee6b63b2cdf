package dev.sverka.sandbox;

import dev.sverka.sandbox.tbank.TBankCompany;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the sandbox's bank can be made to do by a button: late, edited and withdrawn operations, lost tokens. */
final class BankGames {

    private final TBankCompany company;
    private final Map<String, Game> games = new LinkedHashMap<>();

    /** A button. @param words on it */
    private record Game(String words, Runnable play) {
    }

    BankGames(TBankCompany company) {
        this.company = company;
        games.put("late", new Game("Операция задним числом (9 дней назад)", this::late));
        games.put("edited", new Game("Банк правит назначение последнего поступления", this::edited));
        games.put("withdrawn", new Game("Банк отзывает последнее поступление", () -> company.withdraw(last("Credit"))));
        games.put("forgotten", new Game("Банк разом забыл шесть последних операций", this::forgotten));
        games.put("returned", new Game("Возврат последнего списания",
                () -> company.reverse(last("Debit"), company.now())));
        games.put("drifted", new Game("Ночью у операций сменились идентификаторы", company::driftOvernight));
        games.put("held", new Game("Покупка по карте: пока только резерв",
                () -> company.hold(company.now(), new BigDecimal("1250.00"), "KAFE UCHEBNOE")));
        games.put("settled", new Game("Резерв проведён под другим идентификатором", this::settled));
        games.put("unreadable", new Game("Нечитаемая строка в выписке", () -> company.edit(last("Debit"),
                "typeOfOperation", "Сторно")));
        games.put("cancelled", new Game("Токен отозван", () -> company.switches().tokenCancelled(true)));
        games.put("renewed", new Game("Токен снова действует", () -> company.switches().tokenCancelled(false)));
        games.put("throttled", new Game("Банк просит подождать минуту", () -> company.switches().throttle(1, 60)));
    }

    void play(String what) {
        Game game = games.get(what);
        if (game == null) {
            throw new IllegalArgumentException("Нет такой кнопки");
        }
        game.play().run();
    }

    /** One field to choose in, one button. */
    String form() {
        StringBuilder html = new StringBuilder("<form method='post' action='/bank'><label>Банк <select name='what'>");
        games.forEach((name, game) -> html.append("<option value='").append(name).append("'>").append(game.words())
                .append("</option>"));
        return html.append("</select></label><button class='quiet'>Пусть так будет</button></form>").toString();
    }

    /** So many at once that nothing is taken back before a person has said so. */
    private void forgotten() {
        for (int n = 0; n < 6; n++) {
            company.withdraw(n % 2 == 0 ? last("Credit") : last("Debit"));
        }
    }

    private void late() {
        Party payer = new Party("0099020028", "009901002", "АО «Попутный ветер»", "40702810000008802002");
        company.credit(company.now().minus(Duration.ofDays(9)).atZone(TBankCompany.MOSCOW).toLocalDate(),
                new BigDecimal("10000.00"), payer, "1500", "Частичная оплата по счету № МК-34. НДС не облагается");
    }

    private void edited() {
        String id = last("Credit");
        String purpose = company.operations().stream().filter(one -> one.get("operationId").equals(id))
                .map(one -> String.valueOf(one.get("payPurpose"))).findFirst().orElseThrow();
        company.edit(id, "payPurpose", purpose + " (уточнено по письму)");
    }

    private void settled() {
        List<Map<String, Object>> holds = company.operations().stream()
                .filter(one -> "Authorization".equals(one.get("operationStatus"))).toList();
        if (holds.isEmpty()) {
            throw new IllegalArgumentException("Сначала нужен резерв: выберите покупку по карте");
        }
        company.settle(String.valueOf(holds.get(0).get("operationId")), company.now(), false);
    }

    private String last(String type) {
        List<Map<String, Object>> posted = company.operations().stream()
                .filter(one -> type.equals(one.get("typeOfOperation"))
                        && "Transaction".equals(one.get("operationStatus"))).toList();
        return String.valueOf(posted.get(posted.size() - 1).get("operationId"));
    }
}
