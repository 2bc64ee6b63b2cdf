package dev.sverka.flows.matching;

import static dev.sverka.flows.matching.MatcherTable.DAY;
import static dev.sverka.flows.matching.MatcherTable.OWN;
import static dev.sverka.flows.matching.MatcherTable.PAYER;

import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Papers;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.records.bank.BankOperation.Direction;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes cases: a customer with open payments, what it pays, and a purpose in words of this class alone. */
final class GeneratedCases {

    private static final List<String> VERBS = List.of("Оплата", "Оплачено", "Перечисление средств", "Платёж",
            "Перевод", "Опл.",
            "Расчёт", "Оплата услуг", "Оплата за материалы", "Погашение", "Произведена оплата");
    private static final List<String> BEFORE = List.of("по ", "согласно ", "на основании ", "по выставленному ", "");
    private static final List<String> NAMES = List.of("счёту", "счету", "счета", "сч.", "сч", "счету на оплату",
            "счет-договору",
            "СЧЕТУ", "инвойсу", "счёту-оферте", "счету покупателя");
    private static final List<String> SIGNS = List.of(" № ", " №", " N ", " N", " ", " #", " ном. ", " No. ",
            " номер ");
    private static final List<String> GOODS = List.of("", " за окна ПВХ", " за ремонт 2 этажа", " за 15 шт. стульев",
            " за перевод документации", " за личный кабинет сайта", " за обучение персонала", " за ПО 1С",
            " за каталог продукции", " за разработку проекта", " за программное обеспечение",
                    " за приложение к журналу",
            " за монтаж кабеля 3 мм", " за свет и воду", " за бухгалтерский учет", " за запчасти для погрузчика",
            " за страхование груза", " за партию плитки", " (лак, краска 5 кг)", " за услуги склада в мае 2026 г.");
    private static final List<String> TAILS = List.of("", ". Без НДС", ". НДС не облагается", ", в т.ч. НДС 20% - %v",
            ". В том числе НДС (22 %) %v руб.", ", НДС 5% %d", ". Сумма %s, без налога (НДС)", " В т.ч. 20% НДС %v",
            ", без НДС (УСН)", ". НДС по ставке 7% - %v");
    private static final List<String> FRONTS = List.of("", "", "", "", "{VO10100}", "//0123456789012//", "(ДЛС) ",
            "OTHR 020202 ", "qwzxy ");
    private static final String[] SHAPES = {"%d", "%05d", "АБ-%d", "%d/26", "26-%d", "%d-Р", "СТ%05d", "%d/ОП/26",
            "Ю/%03d",
        "2026-%04d", "ДП/11-%04d"};

    private final Random dice;

    GeneratedCases(long seed) {
        this.dice = new Random(seed);
    }

    /** @param right as {@link MatcherTable#told} says it; {@code ?} where a person has to be asked */
    record Generated(String kind, Case facts, String right) {
    }

    /** Open payments of one customer and those of others in the same form of numbers. */
    private record World(List<Payment> own, List<Payment> others) {
    }

    private <T> T any(List<T> all) {
        return all.get(dice.nextInt(all.size()));
    }

    private World world() {
        String shape = SHAPES[dice.nextInt(SHAPES.length)];
        List<Integer> numbers = dice.ints(11, 9_900).map(one -> one / 10 * 10 + 1).distinct().limit(9).boxed().toList();
        List<Payment> all = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            long amount = 1_000_00 + dice.nextInt(90_000_00);
            Papers papers = new Papers(new Paper("ДК-" + (700 + i), null), List.of(new Paper("А" + (30 + i), null)),
                    List.of(new Paper("Т-" + (8800 + i), null)), List.of("ЗП" + (5500 + i)), null, null, null);
            all.add(new Payment(i, "", true, String.format(shape, numbers.get(i)), DAY.minusDays(3 + i), amount, amount,
                    "RUB", false, OWN, null, papers));
        }
        return new World(all.subList(0, 5), all.subList(5, 9));
    }

    Generated next() {
        World world = world();
        List<Supplier<Generated>> kinds = List.of(() -> one(world), () -> one(world), () -> one(world),
                () -> part(world),
                () -> surplus(world), () -> list(world), () -> split(world), () -> wrongDay(world),
                        () -> misprint(world),
                () -> stranger(world), () -> unknown(world), () -> paid(world), () -> paper(world),
                        () -> nothing(world),
                () -> forbidden(world), () -> shortList(world), () -> cut(world), () -> twoNear(world),
                () -> taxInvoice(world), () -> bareNumber(world), () -> missingOne(world));
        return any(kinds).get();
    }

    private Generated made(String kind, World world, long amount, String text, String right) {
        return made(kind, world.own(), world.others(), amount, text, right);
    }

    private Generated made(String kind, List<Payment> own, List<Payment> others, long amount, String text,
            String right) {
        String purpose = noisy(any(FRONTS) + text);
        Operation operation = new Operation(Direction.INCOMING, amount, "RUB", DAY, purpose, PAYER, "ООО «Ромашка»",
                "77");
        List<String> named = Matcher.numbersIn(purpose);
        List<Payment> elsewhere = others.stream()
                .filter(one -> named.contains(DocumentNumber.normal(String.valueOf(one.number())))).toList();
        return new Generated(kind, new Case(operation, OWN, own, List.of(), null, elsewhere, List.of()), right);
    }

    /** Letter case, doubled spaces, a slip in a word that carries nothing, the end that the bank cuts off. */
    private String noisy(String text) {
        String noisy = switch (dice.nextInt(6)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> text.replace(" ", "  ");
            case 2 -> text.replace('ё', 'е').replace('о', 'o');
            case 3 -> text.replaceFirst("Оплата", "Олпата").replaceFirst("Платёж", "Платж");
            default -> text;
        };
        return noisy.length() > 210 ? noisy.substring(0, 210) : noisy;
    }

    private String tail(long amount) {
        String plain = MatcherTable.rubles(amount);
        String vat = MatcherTable.rubles(amount / 6);
        return any(TAILS).replace("%v", vat).replace("%d", vat.replace('.', '-')).replace("%s", plain.replace('.',
                '-'));
    }

    private String day(LocalDate date) {
        return switch (dice.nextInt(6)) {
            case 0 -> "";
            case 1 -> " от " + date.format(DateTimeFormatter.ofPattern("dd.MM.yy"));
            case 2 -> " от " + date.getDayOfMonth() + " ноября 2026 г.";
            case 3 -> " (" + date.format(DateTimeFormatter.ofPattern("dd.MM.yyyy")) + ")";
            case 4 -> " от " + date.format(DateTimeFormatter.ISO_DATE);
            default -> " от " + date.format(DateTimeFormatter.ofPattern("dd.MM.yyyy")) + "г.";
        };
    }

    private String dated(Payment payment) {
        return " от " + String.format("%1$td.%1$tm.%1$tY", payment.invoiceDate());
    }

    private String head() {
        return any(VERBS) + " " + any(BEFORE) + any(NAMES) + any(SIGNS);
    }

    private String number(Payment payment) {
        String number = String.valueOf(payment.number());
        return switch (dice.nextInt(4)) {
            case 0 -> number.toLowerCase(Locale.ROOT);
            case 1 -> number.replace('А', 'A').replace('Т', 'T').replace('С', 'C');
            default -> number;
        };
    }

    private Generated one(World world) {
        Payment payment = any(world.own());
        String text = head() + number(payment) + day(payment.invoiceDate()) + any(GOODS) + tail(payment.amount());
        return made("one", world, payment.open(), text, payment.id() + "=" + MatcherTable.rubles(payment.open()));
    }

    private Generated part(World world) {
        Payment payment = any(world.own());
        long sum = payment.amount() / 3;
        String text = (dice.nextBoolean() ? "Частичная оплата по счету № " : "Аванс по сч. №") + number(payment)
                + day(payment.invoiceDate()) + tail(sum);
        return made("part", world, sum, text, payment.id() + "=" + MatcherTable.rubles(sum));
    }

    private Generated surplus(World world) {
        Payment payment = any(world.own());
        return made("surplus", world, payment.amount() + 7, head() + number(payment) + tail(payment.amount() + 7),
                payment.id() + "=" + MatcherTable.rubles(payment.amount()) + " +0.07");
    }

    private Generated list(World world) {
        List<Payment> some = world.own().subList(0, 2 + dice.nextInt(3));
        String separator = any(List.of(", ", "; ", " и ", ",", ", № ", "; № "));
        boolean dated = dice.nextBoolean();
        String numbers = String.join(separator, some.stream().map(one -> number(one) + (dated ? dated(one) : ""))
                .toList());
        long sum = some.stream().mapToLong(Payment::open).sum();
        return made("list", world, sum, any(VERBS) + " по счетам № " + numbers + any(GOODS) + tail(sum), parts(some));
    }

    private static String parts(List<Payment> some) {
        return String.join(" ", some.stream().map(one -> one.id() + "=" + MatcherTable.rubles(one.open())).sorted()
                .toList());
    }

    private Generated split(World world) {
        TreeMap<String, Long> shares = new TreeMap<>();
        List<String> words = new ArrayList<>();
        boolean before = dice.nextBoolean();
        for (Payment one : world.own().subList(0, 2)) {
            long share = one.amount() / 2;
            shares.put(one.id() + "=" + MatcherTable.rubles(share), share);
            words.add(before ? MatcherTable.rubles(share) + " - счет № " + number(one)
                    : "счет № " + number(one) + any(List.of(" - ", " на сумму ", ": ")) + MatcherTable.rubles(share)
                    + " руб.");
        }
        return made("split", world, shares.values().stream().mapToLong(one -> one).sum(),
                "Оплата: " + String.join(", ", words) + ". Без НДС", String.join(" ", shares.keySet()));
    }

    private Generated wrongDay(World world) {
        Payment payment = any(world.own());
        boolean exact = dice.nextBoolean();
        long sum = exact ? payment.open() : payment.open() / 2;
        return made("wrong day", world, sum, head() + number(payment) + " от 01.10.2026" + tail(sum),
                exact ? payment.id() + "=" + MatcherTable.rubles(sum) : "?");
    }

    /** A digit lost or changed, the day and the sum right or not. */
    private Generated misprint(World world) {
        Payment payment = any(world.own());
        String number = String.valueOf(payment.number());
        int at = number.lastIndexOf('1');
        String wrong = number.substring(0, at) + "7" + number.substring(at + 1);
        boolean sure = dice.nextBoolean();
        boolean kopeck = dice.nextBoolean();
        String text = "Оплата по счету № " + wrong + (sure || kopeck ? dated(payment) : "") + any(GOODS);
        boolean alone = world.own().stream().filter(one -> DocumentNumber.isMisprinted(one.number(), wrong)
                || DocumentNumber.isLoosely(one.number(), one.invoiceDate(), wrong)).count() == 1;
        boolean right = alone && sure;
        return made("misprint", world, payment.open() + (sure ? 0 : 1), text,
                right ? payment.id() + "=" + MatcherTable.rubles(payment.open()) : "?");
    }

    private Generated stranger(World world) {
        Payment foreign = any(world.others());
        Payment payment = any(world.own());
        return made("another's number", world, payment.open(), head() + foreign.number() + day(foreign.invoiceDate()),
                "?");
    }

    private Generated unknown(World world) {
        Payment payment = any(world.own());
        return made("unknown number", world, payment.open(), head() + "77" + (1000 + dice.nextInt(8000)) + "55"
                + any(GOODS) + tail(payment.open()), "?");
    }

    private Generated paid(World world) {
        List<Payment> own = new ArrayList<>(world.own());
        Payment payment = own.get(0);
        own.set(0, payment.withOpen(0));
        return made("paid", own, world.others(), payment.amount(), head() + number(payment)
                + day(payment.invoiceDate()),
                "?");
    }

    private Generated paper(World world) {
        Payment payment = any(world.own());
        int n = (int) payment.id();
        String text = any(List.of("Оплата по акту № А%a", "По накладной Т-%t", "Оплата по УПД №Т-%t",
                "Оплата заказа ЗП%z",
                "Оплата по договору № ДК-%c", "Опл. по дог.ДК-%c за ремонт")).replace("%a", "" + (30 + n))
                .replace("%t", "" + (8800 + n)).replace("%z", "" + (5500 + n)).replace("%c", "" + (700 + n));
        boolean exact = dice.nextInt(3) > 0;
        return made("paper", world, exact ? payment.open() : payment.open() + 1, text + tail(payment.open()),
                exact ? payment.id() + "=" + MatcherTable.rubles(payment.open()) : "?");
    }

    private Generated nothing(World world) {
        Payment payment = any(world.own());
        boolean exact = dice.nextBoolean();
        return made("nothing named", world, exact ? payment.open() : payment.open() - 1, "Оплата" + any(GOODS)
                + any(List.of("", ". Без НДС", ". НДС не облагается")), exact ? payment.id() + "="
                        + MatcherTable.rubles(payment.open()) : "?");
    }

    private Generated forbidden(World world) {
        Payment payment = any(world.own());
        String text = any(List.of("Возврат по счету № %n", "Неустойка по счету № %n",
                "Обеспечительный платёж, счет № %n",
                "Оплата за ООО \"Фиалка\" по счету № %n", "Взыскание по исполнительному листу, счет № %n",
                "Ошибочный платеж по счету № %n", "Зачет по счету № %n", "Пени, счет № %n"));
        return made("other money", world, payment.open(), text.replace("%n", number(payment)), "?");
    }

    private Generated shortList(World world) {
        List<Payment> some = world.own().subList(0, 3);
        long sum = some.stream().mapToLong(Payment::open).sum() - 5_00;
        return made("list, less money", world, sum, "Оплата счетов № " + String.join(", ", some.stream()
                .map(this::number)
                .toList()) + tail(sum), "?");
    }

    private Generated missingOne(World world) {
        List<Payment> some = world.own().subList(0, 2);
        long sum = some.stream().mapToLong(Payment::open).sum();
        return made("list, one missing", world, sum, "Оплата счетов № " + String.join(", ", some.stream()
                .map(this::number)
                .toList()) + any(List.of(", 88", ", № 88", " и 88")) + (1000 + dice.nextInt(8000)) + "44" + tail(sum),
                "?");
    }

    private Generated cut(World world) {
        List<Payment> some = world.own().subList(0, 2);
        long sum = some.stream().mapToLong(Payment::open).sum();
        String list = " по счетам № " + number(some.get(0)) + ", № " + number(some.get(1));
        String text = "Оплата " + "за материалы и работы ".repeat(10);
        return made("cut", world, sum, text.substring(0, 210 - list.length()) + list, "?");
    }

    /** The number is nobody's and one step from two. */
    private Generated twoNear(World world) {
        List<Payment> own = new ArrayList<>(world.own());
        Payment first = own.get(0);
        Payment twin = new Payment(9, "", true, String.valueOf(first.number()).replaceFirst("1(?=\\D*$)", "3"),
                first.invoiceDate(), first.amount(), first.open(), "RUB", false, OWN, null);
        own.add(twin);
        String near = String.valueOf(first.number()).replaceFirst("1(?=\\D*$)", "2");
        return made("two near", own, world.others(), first.open(), "Оплата по счету № " + near + dated(first), "?");
    }

    private Generated taxInvoice(World world) {
        Payment payment = world.own().get(0);
        Payment other = world.own().get(1);
        String text = "Оплата по счету № " + number(payment) + any(List.of(", с/ф № ", ", счет-фактура ", ", сч-ф № ",
                " (с-ф "))
                + other.number() + (dice.nextBoolean() ? ")" : "");
        return made("tax invoice", world, payment.open(), text, payment.id() + "="
                + MatcherTable.rubles(payment.open()));
    }

    /** No word says what the number is, and it is an invoice and a contract. */
    private Generated bareNumber(World world) {
        List<Payment> own = new ArrayList<>(world.own());
        Payment first = own.get(0);
        own.set(1, new Payment(1, "", true, "Х-1", DAY.minusDays(9), first.amount(), first.open(), "RUB", false, OWN,
                null,
                MatcherTable.contract(String.valueOf(first.number()))));
        return made("bare number", own, world.others(), first.open(),
                any(List.of("Оплата ", "По документу № ", "Основание ", "дог./счет ")) + first.number() + any(GOODS),
                        "?");
    }
}
