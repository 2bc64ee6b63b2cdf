package dev.sverka.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sverka.sandbox.bitrix24.Crm;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.tbank.TBankCompany;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The stand-in portal and bank as their users would see them, with buttons to play: a client pays, the bank stumbles. */
public final class SandboxPage implements AutoCloseable {

    private static final String PAID = "ufCrm12Paid";

    private final Sandbox sandbox;
    private final HttpServer server;
    private final BankGames bank;
    private int orders = 900;

    /** @param port on loopback; 0 for a free one */
    public SandboxPage(Sandbox sandbox, int port) {
        this.sandbox = sandbox;
        this.bank = new BankGames(sandbox.tbank().company());
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange call) throws IOException {
        try (call) {
            String path = call.getRequestURI().getPath();
            if (call.getRequestMethod().equals("POST")) {
                play(path, form(call));
                call.getResponseHeaders().set("Location", "/");
                call.sendResponseHeaders(303, -1);
            } else if (path.equals("/")) {
                send(call, 200, home());
            } else if (path.matches("/payment/\\d+")) {
                send(call, 200, payment(Integer.parseInt(path.substring(9))));
            } else {
                send(call, 404, page("Нет такой страницы", "<p>Нет такой страницы. <a href='/'>На портал</a></p>"));
            }
        } catch (RuntimeException failure) {
            send(call, 500, page("Ошибка", "<p>" + escaped(String.valueOf(failure.getMessage())) + "</p>"));
        }
    }

    private static void send(HttpExchange call, int status, String html) throws IOException {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        call.getResponseHeaders().set("Cache-Control", "no-store");
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
    }

    private static Map<String, String> form(HttpExchange call) throws IOException {
        Map<String, String> form = new HashMap<>();
        String body = new String(call.getRequestBody().readNBytes(64 * 1024), StandardCharsets.UTF_8);
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private void play(String path, Map<String, String> form) {
        switch (path) {
            case "/pay" -> pay(Integer.parseInt(form.get("payment")), form.get("how"));
            case "/pay/custom" -> pay(Integer.parseInt(form.get("payment")),
                    new BigDecimal(form.get("sum").replace(" ", "").replace("\u00a0", "").replace(',', '.')),
                    form.get("purpose"));
            case "/fault" -> sandbox.bitrix24().faults().next("*", Faults.Kind.valueOf(form.get("kind")));
            case "/limit" -> sandbox.bitrix24().authorised("on".equals(form.get("authorised")));
            case "/bank" -> bank.play(form.get("what"));
            default -> throw new IllegalArgumentException("Нет такой кнопки");
        }
    }

    private void pay(int id, String how) {
        Map<String, Object> payment = sandbox.portal().item(Portal.PAYMENTS, id);
        BigDecimal amount = amount(payment);
        BigDecimal rest = amount.subtract(sandbox.portal().paid(payment));
        BigDecimal half = amount.divide(BigDecimal.valueOf(2), 2, RoundingMode.HALF_UP);
        String number = String.valueOf(payment.get("ufCrm12Number"));
        switch (how) {
            case "half" -> pay(id, half, "Частичная оплата по счету № " + number);
            case "rest" -> pay(id, rest, "Оплата остатка по счету № " + number);
            default -> pay(id, rest, "Оплата по договору за услуги, НДС не облагается");
        }
    }

    private void pay(int id, BigDecimal sum, String purpose) {
        Map<String, Object> payment = sandbox.portal().item(Portal.PAYMENTS, id);
        Map<String, Object> company = sandbox.portal().item(4, ((Number) payment.get("companyId")).intValue());
        String inn = sandbox.portal().inn(((Number) payment.get("companyId")).intValue());
        Party party = new Party(inn, "009901002", String.valueOf(company.get("title")), "40702810600000880999");
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Moscow"));
        TBankCompany ours = sandbox.company(((Number) payment.get("mycompanyId")).intValue());
        if (isOutgoing(payment)) {
            ours.debit(today, sum, party, "contragentOutcome", String.valueOf(++orders), purpose);
        } else {
            ours.credit(today, sum, party, String.valueOf(++orders), purpose);
        }
    }

    private String home() {
        StringBuilder html = new StringBuilder("<header><h1>Портал агентства «Северный маяк»</h1>"
                + "<p>Песочница: так видят портал его люди. Деньги приходят в банк, Сверка делает остальное.</p></header>");
        html.append(playground());
        html.append(funnel("Поступления", Portal.IN)).append(funnel("Списания", Portal.OUT));
        html.append(deals()).append(bank());
        return page("Портал агентства", html.toString());
    }

    private String playground() {
        StringBuilder open = new StringBuilder();
        for (Map<String, Object> payment : sandbox.portal().items(Portal.PAYMENTS)) {
            if (amount(payment).compareTo(sandbox.portal().paid(payment)) > 0) {
                String number = String.valueOf(payment.get("ufCrm12Number"));
                open.append("<option value='").append(payment.get("id")).append("'")
                        .append(number.equals("17") ? " selected" : "").append(">").append(escaped(number)).append(" · ")
                        .append(escaped(company(payment))).append("</option>");
            }
        }
        return "<section class='play'><h2>Поиграть</h2><form method='post' action='/pay'>"
                + "<label>Счёт <select name='payment'>" + open + "</select></label>"
                + "<button name='how' value='half'>Клиент платит половину</button>"
                + "<button name='how' value='rest'>Клиент платит остаток</button>"
                + "<button name='how' value='nameless' class='quiet'>Платёж без номера счёта</button></form>"
                + "<form method='post' action='/pay/custom'><label>Счёт <select name='payment'>" + open
                + "</select></label><label>Сумма <input name='sum' value='1000,00' size='10'></label>"
                + "<label class='wide'>Назначение <input name='purpose' value='Оплата по счету № 17' size='40'></label>"
                + "<button>Отправить деньги</button></form>"
                + "<form method='post' action='/fault'><label>Следующий вызов портала <select name='kind'>"
                + "<option value='LOST_ANSWER'>выполнен, но ответ потерян</option>"
                + "<option value='RESET_BEFORE'>оборван</option><option value='BAD_GATEWAY'>502</option>"
                + "<option value='HTML_200'>200 с HTML</option><option value='TRUNCATED'>обрезан</option></select></label>"
                + "<button class='quiet'>Устроить сбой</button></form>" + bank.form() + "</section>";
    }

    private String funnel(String name, int pipeline) {
        StringBuilder html = new StringBuilder("<section><h2>").append(name).append("</h2><table><thead><tr><th>Счёт</th>"
                + "<th>Контрагент</th><th class='sum'>Сумма</th><th class='sum'>Оплачено</th><th>Дата оплаты</th>"
                + "<th>Стадия</th><th></th></tr></thead><tbody>");
        for (Map<String, Object> payment : sandbox.portal().items(Portal.PAYMENTS)) {
            if (Integer.valueOf(pipeline).equals(payment.get("categoryId"))) {
                int comments = sandbox.portal().comments(Portal.PAYMENTS, (Integer) payment.get("id")).size();
                html.append("<tr><td><a href='/payment/").append(payment.get("id")).append("'>№ ")
                        .append(escaped(String.valueOf(payment.get("ufCrm12Number")))).append("</a></td><td>")
                        .append(escaped(company(payment))).append("</td><td class='sum'>").append(money(amount(payment)))
                        .append("</td><td class='sum'>").append(payment.get(PAID) == null ? "—"
                                : money(sandbox.portal().paid(payment))).append("</td><td>")
                        .append(day(payment.get("ufCrm12Paiddate"))).append("</td><td>").append(stage(payment))
                        .append("</td><td class='dim'>").append(comments == 0 ? "" : "💬 " + comments).append("</td></tr>");
            }
        }
        return html.append("</tbody></table></section>").toString();
    }

    private String deals() {
        StringBuilder html = new StringBuilder("<section><h2>Сделки</h2><table><thead><tr><th>Сделка</th><th>Компания</th>"
                + "<th class='sum'>Сумма</th></tr></thead><tbody>");
        for (Map<String, Object> deal : sandbox.portal().items(2)) {
            html.append("<tr><td>").append(escaped(String.valueOf(deal.get("title")))).append("</td><td>")
                    .append(escaped(company(deal))).append("</td><td class='sum'>").append(money(amount(deal)))
                    .append("</td></tr>");
        }
        return html.append("</tbody></table></section>").toString();
    }

    private String bank() {
        StringBuilder html = new StringBuilder("<section><h2>Операции в Т-Банке</h2><table><thead><tr><th>Дата</th>"
                + "<th>Контрагент</th><th>Назначение</th><th class='sum'>Сумма</th></tr></thead><tbody>");
        List<Map<String, Object>> operations = sandbox.tbank().operations();
        for (int i = operations.size() - 1; i >= 0; i--) {
            Map<String, Object> one = operations.get(i);
            Object party = one.get("counterParty") instanceof Map<?, ?> map ? map.get("name") : "";
            boolean credit = "Credit".equals(one.get("typeOfOperation"));
            html.append("<tr><td>").append(day(one.get("operationDate"))).append("</td><td>")
                    .append(escaped(String.valueOf(party))).append("</td><td class='dim'>")
                    .append(escaped(String.valueOf(one.get("payPurpose")))).append("</td><td class='sum ")
                    .append(credit ? "in'>+" : "'>−").append(money(new BigDecimal(String.valueOf(one.get("accountAmount")))))
                    .append("</td></tr>");
        }
        return html.append("</tbody></table></section>").toString();
    }

    private String payment(int id) {
        Map<String, Object> payment = sandbox.portal().item(Portal.PAYMENTS, id);
        StringBuilder html = new StringBuilder("<header><p><a href='/'>← Портал</a></p><h1>Счёт № ")
                .append(escaped(String.valueOf(payment.get("ufCrm12Number")))).append("</h1>").append(stage(payment))
                .append("</header><section><dl><dt>Контрагент</dt><dd>").append(escaped(company(payment)))
                .append("</dd><dt>Сумма</dt><dd>").append(money(amount(payment))).append("</dd><dt>Оплачено</dt><dd>")
                .append(payment.get(PAID) == null ? "—" : money(sandbox.portal().paid(payment)))
                .append("</dd><dt>Дата оплаты</dt><dd>").append(day(payment.get("ufCrm12Paiddate")))
                .append("</dd><dt>Дата счёта</dt><dd>").append(day(payment.get("ufCrm12Invoicedate")))
                .append("</dd></dl></section><section><h2>Лента</h2>");
        List<Crm.Comment> comments = sandbox.portal().comments(Portal.PAYMENTS, id);
        if (comments.isEmpty()) {
            html.append("<p class='dim'>Пока ничего.</p>");
        }
        comments.forEach(comment -> html.append("<article><p class='dim'>").append(day(comment.created())).append(' ')
                .append(comment.created(), 11, 16)
                .append("</p><pre>").append(escaped(comment.text())).append("</pre></article>"));
        return page("Счёт № " + payment.get("ufCrm12Number"), html.append("</section>").toString());
    }

    private String stage(Map<String, Object> payment) {
        return "<span class='stage'><i style='background:" + sandbox.portal().color(payment) + "'></i>"
                + escaped(sandbox.portal().stage(payment)) + "</span>";
    }

    private String company(Map<String, Object> item) {
        Object id = item.get("companyId");
        return id == null ? "" : String.valueOf(sandbox.portal().item(4, ((Number) id).intValue()).get("title"));
    }

    private static boolean isOutgoing(Map<String, Object> payment) {
        return Integer.valueOf(Portal.OUT).equals(payment.get("categoryId"));
    }

    private static BigDecimal amount(Map<String, Object> item) {
        return item.get("opportunity") == null ? BigDecimal.ZERO : new BigDecimal(String.valueOf(item.get("opportunity")));
    }

    private static String money(BigDecimal sum) {
        DecimalFormatSymbols symbols = new DecimalFormatSymbols(Locale.ROOT);
        symbols.setDecimalSeparator(',');
        symbols.setGroupingSeparator('\u00a0');
        return new DecimalFormat("#,##0.00", symbols).format(sum) + "\u00a0₽";
    }

    private static String day(Object moment) {
        String text = moment == null ? "" : moment.toString();
        return text.length() < 10 ? "—" : text.substring(8, 10) + "." + text.substring(5, 7) + "." + text.substring(0, 4);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
                .replace("\"", "&quot;");
    }

    private static String page(String title, String body) {
        return "<!doctype html><html lang='ru'><head><meta charset='utf-8'><meta name='viewport' "
                + "content='width=device-width,initial-scale=1'><title>" + escaped(title) + "</title><style>" + STYLE
                + "</style></head><body>" + body + "<script>" + REFRESH + "</script></body></html>";
    }

    /** The page follows the portal unless somebody is filling a form in. */
    private static final String REFRESH = "setInterval(()=>{const a=document.activeElement;"
            + "if(!a||!a.closest('form'))location.reload()},4000)";

    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8884;--dim:#777}
            body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:1rem}
            h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.1rem;margin:0 0 .6rem}
            section{border:1px solid var(--line);border-radius:10px;padding:1rem;margin:1rem 0;overflow-x:auto}
            table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
            th{font-weight:600;font-size:.85rem;color:var(--dim)}.sum{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
            .in{color:#2c8a3a}.dim{color:var(--dim)}.stage{white-space:nowrap}.stage i{display:inline-block;width:.7rem;height:.7rem;border-radius:50%;margin-right:.4rem}
            form{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;margin:.4rem 0}label{display:flex;gap:.4rem;align-items:center}
            button,select,input{font:inherit;padding:.35rem .7rem;border-radius:7px;border:1px solid var(--line)}
            button{background:#2067d6;color:#fff;border-color:#2067d6;cursor:pointer}button.quiet{background:none;color:inherit;border-color:var(--line)}
            pre{white-space:pre-wrap;font:inherit;margin:.2rem 0 1rem}dl{display:grid;grid-template-columns:10rem 1fr;gap:.3rem}dt{color:var(--dim)}dd{margin:0}
            """;
}
