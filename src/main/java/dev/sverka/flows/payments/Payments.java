package dev.sverka.flows.payments;

import dev.sverka.core.connector.MassDeletions;
import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.state.Cursors;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.payments.Decider.Cause;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementWindow;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The steps of the flow bank → payments, each one transaction, each safe to repeat; what follows from a step is accepted
 * in its transaction. Routes call them as {@code bean:payments?method=…}.
 */
@FlowSteps
public class Payments {

    private static final String RULES = "payments/rules";
    private static final String WITHDRAWALS = "withdrawals";
    /** So soon after a write of ours the portal's event about the item is its echo. */
    private static final Duration ECHO = Duration.ofSeconds(10);
    /** So long a write of ours may wait for the portal before its answer is ours. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(2);

    private final Transactions transactions;
    private final CustomerLocks locks;
    private final Freshness freshness;
    private final Operations operations;
    private final ShareBook shares;
    private final PaymentMirror mirror;
    private final Companies companies;
    private final PortalNews news;
    private final PortalPages pages;
    private final Projection projection;
    private final Windows windows;
    private final Questions questions;
    private final Steps steps;
    private final Ledger ledger;
    private final Own own;
    private final Cursors cursors;
    private final Clock clock;
    private final JsonMapper json;

    Payments(Transactions transactions, CustomerLocks locks, Freshness freshness, Operations operations,
            ShareBook shares, PaymentMirror mirror, Companies companies, PortalNews news, PortalPages pages, Projection projection,
            Windows windows, Questions questions, Steps steps, Ledger ledger, Own own, Cursors cursors,
            Clock clock, JsonMapper json) {
        this.transactions = transactions;
        this.locks = locks;
        this.freshness = freshness;
        this.operations = operations;
        this.shares = shares;
        this.mirror = mirror;
        this.companies = companies;
        this.news = news;
        this.pages = pages;
        this.projection = projection;
        this.windows = windows;
        this.questions = questions;
        this.steps = steps;
        this.ledger = ledger;
        this.own = own;
        this.cursors = cursors;
        this.clock = clock;
        this.json = json;
    }

    /**
     * The order key of an operation: one customer of one of our companies at a time.
     *
     * @param operation a {@code BankOperation} or its JSON-like map
     * @return our ИНН / the other side's ИНН, else its account
     */
    public String workKey(Object operation) {
        BankOperation told = operation instanceof BankOperation one ? one
                : json.convertValue(operation, BankOperation.class);
        String party = told.counterparty().inn() != null ? told.counterparty().inn()
                : told.counterparty().account() != null ? told.counterparty().account() : "unknown";
        return own.owner(told.bankAccount()).map(Own.Company::inn).orElse(told.bankAccount()) + "/" + party;
    }

    /**
     * Takes over what a bank tells of an operation, and decides it.
     *
     * @param body a {@code BankOperation} as a map
     * @throws dev.sverka.core.journal.NotYet while the portal is not known well enough
     */
    public void decide(Map<String, Object> body) {
        BankOperation told = json.convertValue(body, BankOperation.class);
        freshness.check(CustomerKeys.of(told));
        transactions.run(() -> {
            lock(told);
            Operations.Taken taken = operations.take(told);
            StoredOperation operation = taken.operation();
            if (taken.changed()) {
                steps.decide(Cause.EDITED, operation);
            } else if (!taken.known() || operation.box().equals("new")) {
                steps.decide(Cause.NEWS, operation);
            }
        });
    }

    /** The customer that is named now, and the one that was. */
    private void lock(BankOperation told) {
        locks.hold(operations.about(told).stream().toList(), Set.of(), CustomerKeys.of(told).toArray(String[]::new));
    }

    /**
     * Decides a customer's undecided operations again, oldest day first.
     *
     * @param body {@code {customer: <as CustomerKeys names it>}}
     * @throws dev.sverka.core.journal.NotYet while the portal is not known well enough
     */
    public void decideCustomer(Map<String, Object> body) {
        String customer = String.valueOf(body.get("customer"));
        for (long id : operations.undecided(customer)) {
            // somebody else pays for the customer, or the text names another one: their news counts too
            freshness.check(CustomerKeys.of(operations.look(id)));
            transactions.run(() -> {
                locks.hold(List.of(operations.look(id)), Set.of(), customer);
                StoredOperation operation = operations.operation(id);
                if (operation.isUndecided()) {
                    steps.decide(Cause.NEWS, operation);
                }
            });
        }
    }

    /**
     * Draws the consequences of a bank's account having been read to the end: what the bank withdrew takes its money
     * back. Where very much is gone at once, a person is asked.
     *
     * @param body a {@code StatementWindow} as a map
     */
    public void window(Map<String, Object> body) {
        StatementWindow window = json.convertValue(body, StatementWindow.class);
        transactions.run(() -> {
            Optional<Map<String, String>> shown = windows.collect(window);
            if (shown.isEmpty()) {
                return;
            }
            Windows.Findings findings = windows.compare(window, shown.get());
            List<Long> touched = new ArrayList<>(findings.withdrawn());
            touched.addAll(findings.doubles());
            touched.addAll(findings.again());
            locks.hold(touched.stream().map(operations::look).toList(), Set.of());
            findings.doubles().forEach(id -> steps.gone(Cause.DOUBLE, id));
            findings.again().forEach(steps::shownAgain);
            if (findings.isMany()) {
                questions.ask(WITHDRAWALS, window.bankAccount(), subject(window, findings.withdrawn()));
            } else {
                questions.settle(WITHDRAWALS, window.bankAccount());
                findings.withdrawn().forEach(steps::withdrawn);
            }
        });
    }

    /**
     * Asks whether very many items that the portal lists no longer are gone, or only out of sight.
     *
     * @param doubt as {@link MassDeletions} raises it
     */
    public void askDeletions(Map<String, Object> doubt) {
        String entity = String.valueOf(doubt.get("entity"));
        if (PortalItem.number(doubt.get("gone")) == 0) {
            transactions.run(() -> questions.settle(MassDeletions.FLOW, entity));
            return;
        }
        Map<String, Object> subject = new LinkedHashMap<>(doubt);
        List<String> titles = !(doubt.get("ids") instanceof List<?> ids) ? List.of() : ids.stream()
                .map(id -> entity.startsWith("payment") ? mirror.payment(PortalItem.number(id)).map(PaymentRow::title)
                        .orElse("№ " + id) : entity + " " + id).toList();
        subject.put("why", "портал больше не показывает " + doubt.get("gone") + " из " + doubt.get("known")
                + " (" + entity + "): похоже, у пользователя вебхука отняли право их видеть, поэтому ничего не удалено — "
                + String.join(", ", titles));
        transactions.run(() -> questions.ask(MassDeletions.FLOW, entity, subject));
    }

    private static Map<String, Object> subject(StatementWindow window, List<Long> withdrawn) {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("account", window.bankAccount());
        subject.put("from", window.fromDate().toString());
        subject.put("to", window.toDateExclusive().minusDays(1).toString());
        subject.put("operations", withdrawn);
        subject.put("why", "банк сразу не показывает " + withdrawn.size() + " известных операций: это похоже на сбой,"
                + " поэтому ничего не снято");
        return subject;
    }

    /**
     * Whether the portal tells something of a payment that is not in mind yet; our own writes come back and are not news.
     *
     * @param item as a poll read it, or an event's mere id: that is news but right after a write of ours, where what a
     *     person may have done at the same moment is left to the next poll
     */
    public boolean isNews(Map<String, Object> item) {
        return item.containsKey("updatedTime") ? !mirror.holds(item)
                : Boolean.TRUE.equals(item.get("deleted")) || !mirror.isWrittenSince(
                        PortalItem.number(item.get("id")), clock.millis() - ECHO.toMillis(),
                        clock.millis() - UNDER_WAY.toMillis());
    }

    /**
     * Keeps a payment of the portal in mind, and draws what follows from it.
     *
     * @param item as read from the portal, or {@code {id, deleted: true}}
     */
    public void remember(Map<String, Object> item) {
        transactions.run(() -> {
            PaymentRow seen = see(item);
            if (seen != null) {
                mirror.keep(pages.see(item));
                ledger.wakeCustomersOf(List.of(seen.id()));
            }
        });
    }

    /** @return null where it is gone */
    private @Nullable PaymentRow see(Map<String, Object> item) {
        long id = PortalItem.number(item.get("id"));
        if (Boolean.TRUE.equals(item.get("deleted"))) {
            locks.hold(List.of(), Set.of(id));
            news.deleted(id);
            return null;
        }
        PortalItem read = PortalItem.of(item);
        Set<String> customers = companies.customersOf(read.company(), read.details().get("method"));
        locks.hold(List.of(), Set.of(id), customers.toArray(String[]::new));
        return news.see(read);
    }

    /** Keeps a company's requisites in mind; its customers' undecided operations are decided again. */
    public void rememberCompany(Map<String, Object> company) {
        transactions.run(() -> {
            Set<String> customers = Companies.keysIn(company);
            customers.addAll(companies.keysOf(PortalItem.number(company.get("id"))));
            locks.hold(List.of(), Set.of(), customers.toArray(String[]::new));
            ledger.wake(companies.see(company));
        });
    }

    /** Where the bank's rules or the purposes' words have changed since it was last asked, all that waits is decided again. */
    public void noticeRules() {
        String version = steps.rulesVersion();
        transactions.run(() -> {
            String before = cursors.load(RULES).get("version");
            if (!version.equals(before)) {
                cursors.save(RULES, Map.of("version", version));
                if (before != null) {
                    ledger.wake(operations.waitingCustomers());
                }
            }
        });
    }

    /**
     * Works out what a payment's shares mean for its item, from the item as it is on the portal now.
     *
     * @param item as just read
     * @param entry the journal's entry that will write it; null outside the journal
     */
    public Map<String, Object> project(Map<String, Object> item, @Nullable Long entry) {
        return transactions.run(() -> {
            PaymentRow seen = see(item);
            if (seen == null) {
                return Projection.nothing(PortalItem.number(item.get("id")));
            }
            Map<String, Object> asked = projection.of(seen, item, entry);
            if (asked.get("fields") instanceof Map<?, ?> fields && !fields.isEmpty()) {
                mirror.sent(seen.id(), clock.millis());
            }
            return asked;
        });
    }

    /**
     * Closes the books on what {@link #project} asked for: it has been written.
     *
     * @param written what {@link #project} answered
     */
    public void projected(Map<String, Object> written) {
        transactions.run(() -> {
            long id = PortalItem.number(written.get("id"));
            locks.hold(List.of(), Set.of(id));
            if (written.get("comments") instanceof List<?> made) {
                for (Object one : made) {
                    Map<?, ?> comment = (Map<?, ?>) one;
                    if (comment.get("ended") != null) {
                        shares.endTold(PortalItem.number(comment.get("ended")));
                    } else {
                        shares.told(PortalItem.number(comment.get("share")));
                    }
                }
            }
            news.written(id, written);
        });
    }

    /**
     * Gives a payment that a person decided on back to automatic writing; a sum set by hand still counts.
     *
     * @return false where there is no such payment
     */
    public boolean release(long payment) {
        return release(payment, null);
    }

    /** As {@link #release(long)}. @param by who gave it back */
    public boolean release(long payment, @Nullable String by) {
        return transactions.run(() -> {
            locks.hold(List.of(), Set.of(payment));
            if (mirror.payment(payment).filter(one -> !one.deleted()).isEmpty()) {
                return false;
            }
            mirror.release(payment);
            shares.decided(null, payment, new Decision.Because("released", "1", by,
                    "возвращён под автоматическую запись" + (by == null ? "" : ": " + by)));
            ledger.write(payment);
            ledger.wakeCustomersOf(List.of(payment));
            return true;
        });
    }

    /**
     * Has every payment that money was ever given to compared with the portal: what differs is repaired, or asked about.
     *
     * @return how many
     */
    public int compareAll() {
        List<Long> touched = shares.touchedPayments();
        touched.forEach(payment -> transactions.run(() -> ledger.write(payment)));
        return touched.size();
    }
}
