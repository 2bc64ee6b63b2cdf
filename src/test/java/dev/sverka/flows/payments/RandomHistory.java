package dev.sverka.flows.payments;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One customer's story: a bank that tells, edits, withdraws and shows again; people who decide, correct, cancel and
 * delete; a portal that loses answers and shows stale looks; in any order. What must hold is asked when all is at rest.
 */
final class RandomHistory {

    private final PaymentsStage stage;
    private final Random dice;
    private final long seed;
    private final List<Long> payments = new ArrayList<>();
    private final Map<String, String> amounts = new LinkedHashMap<>();
    private final Map<String, Boolean> shown = new HashMap<>();
    /** What a person's hand set on the portal last, while nobody decided otherwise since. */
    private final Map<Long, Long> typed = new HashMap<>();
    private final Map<Long, String> moved = new HashMap<>();
    private final List<String> story = new ArrayList<>();

    RandomHistory(PaymentsStage stage, long seed) {
        this.stage = stage;
        this.dice = new Random(seed);
        this.seed = seed;
    }

    void play(int steps) {
        stage.customerOfADay();
        for (int n = 0; n < 3; n++) {
            payments.add(stage.invoice("С-" + seed + "-" + n, (100 + 100 * n) + ".00"));
        }
        for (int n = 0; n < steps; n++) {
            step();
        }
        rest();
        check();
    }

    private void step() {
        switch (dice.nextInt(16)) {
            case 0, 1, 2 -> tell();
            case 3 -> edit();
            case 4 -> window();
            case 5 -> typedByHand();
            case 6 -> movedByHand();
            case 7 -> amountChanged();
            case 8, 9 -> answer();
            case 10 -> reopen();
            case 11 -> release();
            case 12 -> lostWrite();
            case 13 -> staleLook();
            case 14 -> delete();
            default -> {
                story.add("work");
                stage.work();
            }
        }
    }

    private long any() {
        return payments.get(dice.nextInt(payments.size()));
    }

    private void tell() {
        String id = PaymentsStage.newSource();
        amounts.put(id, (10 + dice.nextInt(12) * 10) + ".00");
        shown.put(id, true);
        told(id, "Оплата " + id + (dice.nextInt(4) == 0 ? "" : " по счету С-" + seed + "-" + dice.nextInt(3)));
    }

    private void told(String id, String purpose) {
        story.add("told " + id + " " + amounts.get(id) + " " + purpose);
        Map<String, Object> operation = stage.operation(id, amounts.get(id), purpose);
        operation.put("documentNumber", id);
        stage.payments.decide(operation);
        shown.put(id, true);
    }

    private String known() {
        return amounts.isEmpty() ? null : List.copyOf(amounts.keySet()).get(dice.nextInt(amounts.size()));
    }

    private void edit() {
        String id = known();
        if (id != null) {
            if (dice.nextBoolean()) {
                amounts.put(id, (10 + dice.nextInt(12) * 10) + ".00");
            }
            told(id, "Оплата " + id + " по счету С-" + seed + "-" + dice.nextInt(3));
        }
    }

    private void window() {
        String id = known();
        if (id != null) {
            shown.put(id, !shown.get(id));
            story.add("window without " + shown.entrySet().stream().filter(one -> !one.getValue()).map(Map.Entry::getKey)
                    .toList());
            stage.payments.window(stage.window(shown.entrySet().stream().filter(Map.Entry::getValue)
                    .map(Map.Entry::getKey).toArray(String[]::new)));
        }
    }

    private void typedByHand() {
        long id = any();
        if (stage.portal.containsKey(id)) {
            long before = stage.paid(id);
            long sum = dice.nextInt(12) * 1000L;
            story.add("typed " + id + " " + sum);
            stage.edit(id, "paid", BigDecimal.valueOf(sum, 2));
            stage.look(id);
            if (before != sum) {
                typed.put(id, sum);
            }
        }
    }

    private void movedByHand() {
        long id = any();
        if (stage.portal.containsKey(id)) {
            String to = List.of("invoiced", "paid", "cancelled", "planned").get(dice.nextInt(4));
            boolean counts = stage.allocated(id) > 0 && !String.valueOf(stage.stage(id)).equals(to);
            story.add("moved " + id + " " + to);
            stage.edit(id, "stage", to);
            stage.look(id);
            moved.remove(id);
            if (counts || to.equals("paid") || to.equals("cancelled")) {
                moved.put(id, to);
            }
        }
    }

    private void amountChanged() {
        long id = any();
        if (stage.portal.containsKey(id)) {
            String amount = (50 + dice.nextInt(30) * 10) + ".00";
            story.add("amount " + id + " " + amount);
            stage.edit(id, "amount", new BigDecimal(amount));
            stage.look(id);
        }
    }

    private void answer() {
        List<Reviews.Question> asked = stage.asked();
        if (asked.isEmpty()) {
            return;
        }
        Reviews.Question question = asked.get(dice.nextInt(asked.size()));
        long id = any();
        BigDecimal amount = BigDecimal.valueOf((1 + dice.nextInt(12)) * 1000L, 2);
        Reviews.Said said = switch (dice.nextInt(6)) {
            case 0 -> Reviews.Said.ignore("так решено");
            case 1 -> Reviews.Said.classify("tax");
            case 2 -> Reviews.Said.keepIt();
            case 3 -> Reviews.Said.sameAs(id, amount);
            default -> Reviews.Said.allocate(List.of(new Reviews.Share(id, amount)));
        };
        story.add("answer " + question.operation().get("id") + " " + said);
        Map<Long, Long> before = sums();
        try {
            stage.reviews.decide(question.id(), said, "Анна");
        } catch (Reviews.Invalid | Reviews.Conflict refused) {
            story.add("  refused: " + refused.getMessage());
        }
        forgetMoved(before);
    }

    /** A person's decision here may change what a person's hand set there. */
    private void forgetMoved(Map<Long, Long> before) {
        sums().forEach((id, sum) -> {
            if (!sum.equals(before.get(id))) {
                typed.remove(id);
            }
        });
    }

    private Map<Long, Long> sums() {
        Map<Long, Long> sums = new HashMap<>();
        payments.forEach(id -> sums.put(id, stage.allocated(id) + stage.byHand(id)));
        return sums;
    }

    private void reopen() {
        String id = known();
        if (id != null) {
            story.add("reopen " + id);
            Map<Long, Long> before = sums();
            try {
                stage.reviews.reopen(stage.operationId(id), "Борис");
            } catch (Reviews.Conflict open) {
                story.add("  refused: " + open.getMessage());
            }
            forgetMoved(before);
        }
    }

    private void release() {
        long id = any();
        story.add("release " + id);
        stage.payments.release(id);
        typed.remove(id);
        moved.remove(id);
    }

    private void lostWrite() {
        long id = any();
        boolean arrives = dice.nextBoolean();
        story.add("write of " + id + (arrives ? " arrives, its answer is lost" : " never arrives"));
        stage.write(id, 1, arrives, false);
    }

    private void staleLook() {
        long id = any();
        if (stage.portal.containsKey(id)) {
            Map<String, Object> old = stage.item(id);
            story.add("stale look at " + id);
            stage.work();
            stage.look(id);
            stage.payments.remember(old);
        }
    }

    private void delete() {
        if (dice.nextInt(4) == 0) {
            long id = any();
            story.add("delete " + id);
            stage.delete(id);
            stage.look(id);
            typed.remove(id);
            moved.remove(id);
        }
    }

    private void rest() {
        for (int rounds = 0; rounds < 3; rounds++) {
            stage.work();
            payments.forEach(stage::look);
        }
        stage.work();
    }

    private void check() {
        for (long id : payments) {
            long sum = stage.allocated(id) + stage.byHand(id);
            if (!stage.portal.containsKey(id)) {
                expect(sum == 0, "deleted " + id + " still holds " + sum);
                continue;
            }
            if (typed.containsKey(id)) {
                expect(stage.paid(id) == typed.get(id), "a person typed " + typed.get(id) + " on " + id + ", and it is "
                        + stage.paid(id));
            }
            if (moved.containsKey(id)) {
                expect(moved.get(id).equals(stage.stage(id)), "a person moved " + id + " to " + moved.get(id)
                        + ", and it is " + stage.stage(id));
            }
            String held = stage.jdbc.sql("select coalesce(held, '') from payment where id = ?").param(id)
                    .query(String.class).single();
            boolean ours = stage.jdbc.sql("select count(*) from share where payment_id = ? and operation_id is not null")
                    .param(id).query(Long.class).single() > 0;
            if (held.isEmpty() && ours) {
                expect(stage.paid(id) == sum, "the portal shows " + stage.paid(id) + " on " + id + ", the ledger " + sum);
            }
        }
        amounts.keySet().forEach(this::checkOperation);
    }

    private void checkOperation(String id) {
        long operation = stage.operationId(id);
        List<Map<String, Object>> row = stage.jdbc.sql("""
                select box, amount, (select coalesce(sum(s.amount), 0) from share s where s.operation_id = o.id
                    and s.ended_by is null) as given,
                    (select count(*) from review r where r.operation_id = o.id and r.state = 'open') as asked
                from bank_operation o where id = ?""").param(operation).query().listOfRows();
        String box = String.valueOf(row.get(0).get("box"));
        long amount = ((Number) row.get(0).get("amount")).longValue();
        long given = ((Number) row.get(0).get("given")).longValue();
        long asked = ((Number) row.get(0).get("asked")).longValue();
        expect(!box.equals("new"), id + " was never decided");
        expect(asked <= 1, id + " is asked about " + asked + " times");
        expect((box.equals("allocated")) == (given > 0), id + " is " + box + " and gives " + given);
        expect(!box.equals("review") || asked == 1, id + " is to be reviewed and nobody is asked");
        expect(given <= amount || asked == 1, id + " of " + amount + " gives " + given + " and nobody is asked");
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise + "\nseed " + seed + ":\n" + String.join("\n", story));
        }
    }
}
