package dev.sverka.vendors.statements;

import dev.sverka.core.connector.CurrencyCode;
import dev.sverka.records.bank.BankOperation.Counterparty;
import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.vendors.statements.Finding.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gives a file's documents their meaning (sheet section 4). */
final class Documents {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd.MM.uuuu").withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,15}([.,]\\d{1,2})?");
    private static final Pattern GROUPING = Pattern.compile("[\\s\\u00A0\\u202F]");
    private static final Pattern TAX_NUMBER_BEFORE_NAME = Pattern.compile("^(ИНН\\s+\\d+|\\d+,|\\d+\\s)\\s*");
    /** Dates before are misprints. */
    static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final String LOOK = "проверьте документ в банке; если он настоящий, отметьте оплату на портале сами";
    static final String STATEMENT = "выгрузите из банка выписку (kl_to_1c), а не платёжки для отправки; проведённый документ"
            + " придёт в следующей выписке";
    /** Kinds of documents that move money (sheet section 4); some bank calls all of its own «Прочее» (section 5). */
    private static final Set<String> KINDS = Set.of("платежное поручение", "банковский ордер", "мемориальный ордер",
            "платежное требование", "инкассовое поручение", "аккредитив", "прочее");
    private static final int LONGEST_ACCOUNT = 40;
    private static final int LONGEST_TEXT = 4000;

    private final Set<String> own;
    private final Set<String> ofFile;
    private final LocalDate today;
    private final List<Finding> findings;
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> undated = new ArrayList<>();
    private final Map<String, String> shared = new HashMap<>();

    /**
     * @param own the file's accounts that are ours
     * @param ofFile all accounts of the file
     * @param today in Moscow: nothing is booked later than tomorrow
     */
    Documents(Set<String> own, Set<String> ofFile, LocalDate today, List<Finding> findings) {
        this.own = own;
        this.ofFile = ofFile;
        this.today = today;
        this.findings = findings;
    }

    /**
     * Documents without any date of posting: movements where the sections prove that they were counted, by the document's
     * own date then (sheet section 4), and else orders on their way.
     */
    void settleUndated(Balances balances) {
        List<Row> counted = balances.counted(undated);
        Set<Row> movements = new HashSet<>(counted);
        Set<Integer> lines = new HashSet<>();
        undated.stream().filter(row -> !movements.contains(row) && lines.add(row.line())).forEach(row -> findings.add(new Finding(Kind.ORDER,
                row.line(), "документ № " + Objects.requireNonNullElse(row.number(), "")
                        + " ещё не проведён банком: нет ни «ДатаСписано», ни «ДатаПоступило», ни «КвитанцияДата» —"
                        + " это платёжка в пути, а не движение денег", STATEMENT)));
        rows.addAll(counted);
    }

    /** Kinds that nobody knows may be something other than posted movements: taken and told (sheet section 9, row 6). */
    void flagKinds() {
        Map<String, List<Row>> odd = rows.stream().filter(row -> !row.kind().isEmpty()
                && !KINDS.contains(row.kind().toLowerCase(Locale.ROOT).replace('ё', 'е')))
                .collect(Collectors.groupingBy(Row::kind, TreeMap::new, Collectors.toList()));
        odd.forEach((kind, those) -> findings.add(new Finding(Kind.KIND, those.get(0).line(), "документы вида «" + clip(kind)
                + "» (всего " + those.size() + ") приняты как движения денег",
                "проверьте в банке, что это проведённые операции, а не суммы на удержании")));
    }

    /** The movements of all documents so far, in order. */
    List<Row> rows() {
        return rows;
    }

    /** Reads one more; what cannot be used becomes a finding. */
    void add(Block document) {
        try {
            if (!document.kind().equals("Выписка") && !isOfForeignAccount(document)) {
                boolean posted = isPosted(document);
                (posted ? rows : undated).addAll(read(document, posted));
            }
        } catch (Refusal unusable) {
            findings.addAll(unusable.findings());
        }
    }

    /** The account has its finding already: its documents need none each. */
    private boolean isOfForeignAccount(Block document) {
        String payer = account(document, "Плательщик");
        String receiver = account(document, "Получатель");
        return !own.contains(payer) && !own.contains(receiver)
                && (ofFile.contains(payer) || ofFile.contains(receiver));
    }

    /** Two movements where both sides are accounts of the file. */
    private List<Row> read(Block document, boolean posted) throws Refusal {
        if (document.doubled() != null) {
            throw new Refusal(Kind.DOCUMENT, document.doubled().line(), "в документе, начатом в строке "
                    + document.line() + ", ключ «" + document.doubled().text() + "» стоит дважды и по-разному", LOOK);
        }
        List<Row> sides = new ArrayList<>();
        if (own.contains(account(document, "Плательщик"))) {
            sides.add(row(document, Direction.OUTGOING, "Плательщик", "Получатель",
                    posted ? List.of("ДатаСписано", "ДатаПоступило", "КвитанцияДата") : List.of("Дата")));
        }
        if (own.contains(account(document, "Получатель"))) {
            sides.add(row(document, Direction.INCOMING, "Получатель", "Плательщик",
                    posted ? List.of("ДатаПоступило", "ДатаСписано", "КвитанцияДата") : List.of("Дата")));
        }
        if (sides.isEmpty()) {
            throw new Refusal(Kind.DOCUMENT, document.line(), "ни плательщик, ни получатель документа № "
                    + document.text("Номер") + " не счёт этой выписки", LOOK);
        }
        return sides;
    }

    private static String account(Block document, String side) {
        return document.first(side + "Счет", side + "РасчСчет");
    }

    private static boolean isPosted(Block document) {
        return !document.first("ДатаСписано", "ДатаПоступило", "КвитанцияДата").isEmpty();
    }

    /** @param days keys of its banking day, the first that is told counts */
    private Row row(Block document, Direction direction, String ours, String theirs, List<String> days)
            throws Refusal {
        String bankAccount = account(document, ours);
        LocalDate issuedOn = day(document, "Дата");
        if (issuedOn == null) {
            throw new Refusal(Kind.DOCUMENT, document.line(), "у документа нет даты (ключ «Дата»)", LOOK);
        }
        String number = document.text("Номер");
        return new Row(document.line(), shared(bankAccount), direction, amount(document), currency(bankAccount),
                bookedOn(document, days), issuedOn, number.isEmpty() ? null : number,
                shared(document.kind()), shared(document.text("ВидОплаты")), purpose(document),
                counterparty(document, theirs));
    }

    /** By the own side's key, else the other's, because some banks fill one only. */
    private LocalDate bookedOn(Block document, List<String> keys) throws Refusal {
        String told = keys.stream().filter(key -> !document.text(key).isEmpty()).findFirst().orElseThrow();
        LocalDate booked = Objects.requireNonNull(day(document, told));
        if (booked.isBefore(FIRST_DAY) || booked.isAfter(today.plusDays(1))) {
            throw new Refusal(Kind.DOCUMENT, document.lineOf(told), "дата операции " + booked.format(DAY)
                    + " не может быть верной", LOOK);
        }
        return booked;
    }

    private static @Nullable LocalDate day(Block document, String key) throws Refusal {
        String text = document.text(key);
        if (text.isEmpty()) {
            return null;
        }
        LocalDate day = day(text);
        if (day == null) {
            throw new Refusal(Kind.DOCUMENT, document.lineOf(key), "«" + key + "=" + clip(text) + "» не дата", LOOK);
        }
        return day;
    }

    /** {@code дд.мм.гггг}; null for anything else. */
    static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text, DAY);
        } catch (DateTimeParseException noDay) {
            return null;
        }
    }

    /** In hundredths. A minus would be a movement the other way: a person looks at it (sheet section 9, row 8). */
    private static long amount(Block document) throws Refusal {
        BigDecimal amount = amount(document.text("Сумма"));
        if (amount == null || amount.signum() <= 0) {
            throw new Refusal(Kind.DOCUMENT, document.lineOf("Сумма"),
                    "«Сумма=" + clip(document.text("Сумма")) + "» не сумма движения", LOOK);
        }
        return amount.movePointRight(2).longValueExact();
    }

    /** Lenient: comma or point, blanks between the thousands. Null for anything else. A minus is allowed. */
    static @Nullable BigDecimal amount(String text) {
        String digits = GROUPING.matcher(text).replaceAll("");
        boolean minus = digits.startsWith("-");
        String plain = minus ? digits.substring(1) : digits;
        if (!AMOUNT.matcher(plain).matches()) {
            return null;
        }
        BigDecimal amount = new BigDecimal(plain.replace(',', '.')).setScale(2);
        return minus ? amount.negate() : amount;
    }

    /** Not in the format: digits 6 to 8 of the account. */
    static String currency(String bankAccount) {
        return CurrencyCode.letters(bankAccount.substring(5, 8));
    }

    /** The whole purpose, or else its pieces; never both (sheet section 4). */
    private static String purpose(Block document) throws Refusal {
        String whole = document.text("НазначениеПлатежа");
        String purpose = !whole.isEmpty() ? whole : IntStream.rangeClosed(1, 6)
                .mapToObj(piece -> document.text("НазначениеПлатежа" + piece)).filter(piece -> !piece.isEmpty())
                .collect(Collectors.joining(" "));
        if (purpose.length() > LONGEST_TEXT) {
            throw new Refusal(Kind.DOCUMENT, document.line(), "назначение платежа длиннее " + LONGEST_TEXT + " знаков",
                    LOOK);
        }
        return purpose;
    }

    private Counterparty counterparty(Block document, String side) throws Refusal {
        String account = account(document, side);
        if (account.length() > LONGEST_ACCOUNT) {
            throw new Refusal(Kind.DOCUMENT, document.line(), "счёт другой стороны длиннее " + LONGEST_ACCOUNT
                    + " знаков", LOOK);
        }
        String name = document.first(side + "1");
        if (name.isEmpty()) {
            name = TAX_NUMBER_BEFORE_NAME.matcher(document.text(side)).replaceFirst("");
        }
        String inn = document.text(side + "ИНН");
        String kpp = document.text(side + "КПП");
        return new Counterparty(inn.matches("(?!0+$)(\\d{10}|\\d{12})") ? shared(inn) : null,
                kpp.matches("(?!0+$)[0-9A-Z]{9}") ? shared(kpp) : null, name.isEmpty() ? null : shared(clip(name)),
                account.isEmpty() || account.equals("0") ? null : shared(account));
    }

    /** One text for all rows that say the same: a large file names few customers. */
    private String shared(String text) {
        return shared.computeIfAbsent(text, first -> first);
    }

    private static String clip(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300);
    }
}
