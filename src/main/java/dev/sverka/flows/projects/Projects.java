package dev.sverka.flows.projects;

import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.state.Declared;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The steps of the flow, each one transaction and safe to repeat; {@code bean:projects?method=…} in routes. What a step
 * plans travels on in the message: what was written is noted only after it was.
 */
@FlowSteps
public class Projects {

    private final TransactionOperations transactions;
    private final Folders folders;
    private final Lists lists;
    private final Progress progress;
    private final ProjectTexts texts;
    private final Declared<People> people;
    private final boolean on;

    /** @param on whether ClickUp has a credential */
    Projects(TransactionOperations transactions, Folders folders, Lists lists, Progress progress, ProjectTexts texts,
            Declared<People> people, boolean on) {
        this.transactions = transactions;
        this.folders = folders;
        this.lists = lists;
        this.progress = progress;
        this.texts = texts;
        this.people = people;
        this.on = on;
    }

    private <T> T together(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }

    /** Whether there is a ClickUp at all: without one nothing is kept for it. */
    public boolean isOn() {
        return on;
    }

    /**
     * What is to be done about a deal.
     *
     * @param started {@code started: <stages>}: from which stages on a deal has a folder, success stages apart
     * @return {@code action}: none, create or look, and what that needs
     */
    public Map<String, Object> deal(Map<String, Object> item, String started) {
        return together(() -> folders.deal(item, started));
    }

    /** The plan with the space in which the folder goes; without where nobody has said which. */
    public Map<String, Object> space(Map<String, Object> plan, List<Map<String, Object>> spaces) {
        return folders.space(plan, spaces);
    }

    /** The folder was made; the deal's stages follow. */
    public Map<String, Object> folderMade(Map<String, Object> plan, Map<String, Object> result) {
        return together(() -> folders.made(plan, result));
    }

    /** What is to be written to a folder, as ClickUp holds it now. */
    public Map<String, Object> folderSeen(Map<String, Object> plan, Map<String, Object> folder) {
        return together(() -> folders.seen(plan, folder));
    }

    /** Both sides call the folder the same. */
    public Map<String, Object> folderKept(Map<String, Object> plan) {
        return together(() -> {
            folders.kept(plan);
            return plan;
        });
    }

    /** The update by which a deal gets its folder's address. */
    public Map<String, Object> dealLink(Map<String, Object> place) {
        return Folders.link(place);
    }

    /** Takes over a folder as ClickUp holds it. @return a comment for the deal; empty where there is none */
    public Map<String, Object> folderNews(Map<String, Object> folder) {
        return together(() -> folders.news(folder, texts));
    }

    /** What is to be done about a stage: {@code action} none, create or look, and what that needs. */
    public Map<String, Object> stage(Map<String, Object> item) {
        return together(() -> lists.stage(item));
    }

    /** The one whose e-mail is asked for. */
    public Map<String, Object> person(Map<String, Object> plan) {
        return Map.of("id", plan.get("person"));
    }

    /** The plan with ClickUp's member who stands for the portal's user. */
    public Map<String, Object> responsible(Map<String, Object> plan, Map<String, Object> user,
            List<Map<String, Object>> members) {
        return Lists.responsible(plan, user, members, people.get());
    }

    /** The list was made. */
    public Map<String, Object> listMade(Map<String, Object> plan, Map<String, Object> result) {
        return together(() -> lists.made(plan, result));
    }

    /** What is to be written to the list, as ClickUp holds it now, and to the stage. */
    public Map<String, Object> listSeen(Map<String, Object> plan, Map<String, Object> list) {
        return together(() -> lists.seen(plan, list));
    }

    /** The update by which a stage gets its list's address, and what ClickUp's side has won. */
    public Map<String, Object> stageLink(Map<String, Object> plan, Map<String, Object> place) {
        return Lists.back(plan, place);
    }

    /** Both sides hold the same now. */
    public void listAgreed(Map<String, Object> plan) {
        transactions.executeWithoutResult(status -> lists.agreed(plan));
    }

    /** Takes over a list as ClickUp holds it. @return a comment for the stage; empty where there is none */
    public Map<String, Object> listNews(Map<String, Object> list, @Nullable Map<String, Object> hint) {
        return together(() -> lists.news(list, hint == null ? Map.of() : hint));
    }

    /** Takes over a task; the lists it concerns are counted. */
    public void task(Map<String, Object> task) {
        transactions.executeWithoutResult(status -> progress.task(task));
    }

    /** Whose tasks are to be read; empty for a list that went meanwhile. */
    public Map<String, Object> counted(Map<String, Object> asked) {
        return progress.counted(asked);
    }

    /** The stage that is to be read. */
    public Map<String, Object> stageOf(Map<String, Object> asked) {
        return new LinkedHashMap<>(Map.of("id", asked.get("stage")));
    }

    /**
     * What a stage is to hold of its tasks.
     *
     * @param move {@code move: true} or {@code move: false}
     */
    public Map<String, Object> progress(Map<String, Object> asked, Map<String, Object> item,
            List<Map<String, Object>> tasks, String move) {
        return together(() -> progress.of(asked, item, tasks, move));
    }

    /** What was done about closed tasks is not done again for the same ones. */
    public void told(Map<String, Object> plan) {
        transactions.executeWithoutResult(status -> progress.told(plan));
    }

    /** What a stage is to hold of hours. */
    public Map<String, Object> hours(Map<String, Object> item) {
        return progress.hours(item);
    }

    /** What a deal is to hold of hours. */
    public Map<String, Object> dealHours(Map<String, Object> item) {
        return progress.dealHours(item);
    }

    /** Takes over an entry of time. */
    public void time(Map<String, Object> entry) {
        transactions.executeWithoutResult(status -> progress.time(entry));
    }
}
