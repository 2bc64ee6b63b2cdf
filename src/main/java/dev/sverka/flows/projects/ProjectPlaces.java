package dev.sverka.flows.projects;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which stage is which list. */
public class ProjectPlaces {

    private final ProjectBook book;

    ProjectPlaces(ProjectBook book) {
        this.book = book;
    }

    /** A stage with a list. @param deal the portal's; null for a stage of none @param list ClickUp's */
    public record Place(long stage, @Nullable Long deal, String title, String list) {
    }

    /** A stage of the portal, once it has a list. */
    public Optional<Place> stage(long id) {
        return book.stage(id).filter(stage -> stage.list() != null).map(stage -> new Place(id, stage.deal(),
                stage.title(), String.valueOf(stage.list())));
    }

    /** The lists of a deal's stages. */
    public List<String> lists(long deal) {
        return book.stagesOf(deal).stream().map(ProjectBook.Stage::list).filter(Objects::nonNull).toList();
    }

    /** Deals of which a stage has a list. */
    public List<Long> deals() {
        return book.dealsWithLists();
    }

    /** The title of the deal whose folder it is. */
    public Optional<String> project(@Nullable String folder) {
        return folder == null ? Optional.empty() : book.dealOf(folder).map(ProjectBook.Deal::title);
    }
}
