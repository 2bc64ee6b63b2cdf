package dev.sverka.desk.console;

import dev.sverka.flows.payments.OperationStory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of an operation's story; exactly one of what it tells is not null.
 *
 * @param version what the bank told
 * @param decision what was decided, with the money it {@code began} and {@code ended}
 * @param question what a person was asked
 */
record StoryChapter(Instant at, OperationStory.@Nullable Version version, OperationStory.@Nullable Said decision,
        List<OperationStory.Given> began, List<OperationStory.Given> ended, OperationStory.@Nullable Asked question) {

    /** Oldest first. */
    static List<StoryChapter> of(OperationStory story, long operation) {
        List<OperationStory.Given> given = story.ofOperation(operation);
        List<StoryChapter> chapters = new ArrayList<>();
        story.versions(operation).forEach(one ->
                chapters.add(new StoryChapter(one.at(), one, null, List.of(), List.of(), null)));
        story.decisions(operation).forEach(one -> chapters.add(new StoryChapter(one.at(), null, one,
                given.stream().filter(share -> share.begunBy() == one.id()).toList(),
                given.stream().filter(share -> share.endedBy() != null && share.endedBy() == one.id()).toList(), null)));
        story.questions(operation).forEach(one ->
                chapters.add(new StoryChapter(one.at(), null, null, List.of(), List.of(), one)));
        chapters.sort(Comparator.comparing(StoryChapter::at));
        return chapters;
    }
}
