package dev.sverka.core.connector;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;

/**
 * Due times of {@code schedule:} routes, kept in the store by db-scheduler: a time that passed while the daemon was
 * down is made up for once, and of several replicas one fires.
 */
public class Schedules implements SmartLifecycle {

    private static final String TASK = "schedule";
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Map<String, Runnable> listening = new ConcurrentHashMap<>();
    private final ZoneId zone;
    private final Clock clock;
    private final Scheduler scheduler;
    private volatile boolean running;

    /** @param zone in which cron times are meant */
    public Schedules(DataSource store, ZoneId zone, Clock clock) {
        this.zone = zone;
        this.clock = clock;
        CustomTask<String> task = Tasks.custom(TASK, String.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(SOON))
                .execute(this::fire);
        this.scheduler = Scheduler.create(store, task).clock(clock::instant).threads(2)
                .pollingInterval(Duration.ofSeconds(1)).build();
    }

    /** @throws IllegalArgumentException for a cron text that means nothing */
    Instant next(String cron, Instant after) {
        return new CronSchedule(cron, zone).getInitialExecutionTime(after);
    }

    void listen(String name, String cron, Runnable work) {
        listening.put(name, work);
        TaskInstance<String> instance = new TaskInstance<>(TASK, name, cron);
        boolean sameCron = scheduler.getScheduledExecution(TaskInstanceId.of(TASK, name))
                .map(due -> cron.equals(due.getData())).orElse(false);
        if (!sameCron) {
            scheduler.schedule(instance, next(cron, clock.instant()),
                    ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        }
    }

    /**
     * A schedule as it stands.
     *
     * @param due when it is to run next, or was to
     * @param failures how often in a row it failed
     */
    public record Standing(String name, Instant due, int failures) {
    }

    /** Those that a route here waits for. */
    public List<Standing> standing() {
        return scheduler.getScheduledExecutions().stream()
                .filter(one -> listening.containsKey(one.getTaskInstance().getId()))
                .map(one -> new Standing(one.getTaskInstance().getId(), one.getExecutionTime(),
                        one.getConsecutiveFailures())).toList();
    }

    /** Only whoever listens leaves: a route on trial ends without ever having begun, and the running one goes on. */
    void leave(String name, Runnable work) {
        listening.remove(name, work);
    }

    private CompletionHandler<String> fire(TaskInstance<String> instance, ExecutionContext context) {
        Runnable work = listening.get(instance.getId());
        if (work == null) {
            // its route is not loaded yet, or runs on another replica
            return (complete, operations) -> operations.reschedule(complete, clock.instant().plus(SOON));
        }
        work.run();
        return (complete, operations) ->
                operations.reschedule(complete, next(instance.getData(), clock.instant()));
    }

    @Override
    public void start() {
        scheduler.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
