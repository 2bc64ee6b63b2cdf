package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.connector.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What routes can ask of ClickUp: the table from entity and verb to calls. */
final class ClickUpOperations {

    static final String TASK = "task";
    static final String TIME = "time";
    static final Set<String> ENTITIES = Set.of("space", ClickUpPlaces.FOLDER, ClickUpPlaces.LIST, TASK, "field",
            "member", TIME, "comment", "webhook");

    private final Function<String, ClickUpAccount> accounts;
    private final ClickUpPlaces places;
    private final ClickUpTasks tasks;
    private final ClickUpTaskUpdate taskUpdate;
    private final ClickUpTimes times;
    private final ClickUpComments comments;
    private final ClickUpWebhooks webhooks;

    ClickUpOperations(Function<String, ClickUpAccount> accounts, ClickUpWebhooks webhooks) {
        this.accounts = accounts;
        this.places = new ClickUpPlaces(accounts);
        this.tasks = new ClickUpTasks(accounts);
        this.taskUpdate = new ClickUpTaskUpdate(accounts);
        this.times = new ClickUpTimes(accounts);
        this.comments = new ClickUpComments(accounts);
        this.webhooks = webhooks;
    }

    Map<String, Operation> of(String entity) {
        Stream<Operation> all = switch (entity) {
            case "space" -> Stream.of(read("list", "Reads the spaces, archived ones too", this::spaces));
            case ClickUpPlaces.FOLDER, ClickUpPlaces.LIST -> ofPlace(entity);
            case TASK -> ofTask();
            case "field" -> Stream.of(read("list", "Reads the custom fields of list:, with their options",
                    this::fields));
            case "member" -> Stream.of(read("list", "Reads the Workspace's people, or those of list:",
                    this::members));
            case TIME -> ofTime();
            case "comment" -> Stream.of(
                    read("list", "Reads the comments of task:, newest first", comments::list),
                    write("create", "Comments on task: with comment_text under fields:, once for a marker:",
                            comments::create),
                    write("update", "Writes comment_text, assignee or resolved under fields: to the one with id:",
                            comments::update),
                    write("delete", "Deletes the one with id:", comments::delete));
            case "webhook" -> Stream.of(
                    read("list", "Reads the webhooks of the token's user, with their health", webhooks::list),
                    write("upsert", "Registers url: (left out: this daemon) for events:, in space: if named; one that"
                            + " is there is adopted, and activated", webhooks::upsert),
                    write("delete", "Removes the one with id:", webhooks::delete));
            default -> Stream.empty();
        };
        return all.collect(Collectors.toMap(Operation::verb, operation -> operation));
    }

    private static Operation read(String verb, String description, Operation.Read step) {
        return new Operation(verb, description, step);
    }

    private static Operation write(String verb, String description, Operation.Write step) {
        return new Operation(verb, description, step);
    }

    private Stream<Operation> ofPlace(String entity) {
        String in = entity.equals(ClickUpPlaces.LIST) ? "folder: or space:" : "space:";
        return Stream.of(
                read("get", "Reads one by its id; {id, deleted: true} where it is in the trash", places::get),
                read("list", "Reads those in " + in + ", with archived: true archived ones too", places::list),
                read("link", "Adds where people see it (url:) to the one with id:, a folder with its space:",
                        places::link),
                write("create", "Creates one in " + in + " from fields:, once for a marker:; a taken name is adopted",
                        places::create),
                write("update", "Writes the values under fields: that differ to the one with id:", places::update),
                write("delete", "Moves the one with id: to the trash", places::delete));
    }

    private Stream<Operation> ofTask() {
        return Stream.of(
                read("get", "Reads one by its id; {id, deleted: true} where it is in the trash; with date: of an event"
                        + " not as it was before", tasks::get),
                read("list", "Reads those of the Workspace or of list: that fit ClickUp's filters under filter:, all"
                        + " pages, closed ones and subtasks too", tasks::list),
                write("create", "Creates one in list: from fields:, once for a marker: in the custom field"
                        + " markerField:", tasks::create),
                write("update", "Writes the values under fields: that differ to the one with id:, custom_fields, tags"
                        + " and list too", taskUpdate::update),
                write("delete", "Moves the one with id: to the trash", tasks::delete));
    }

    private Stream<Operation> ofTime() {
        return Stream.of(
                read("get", "Reads one by its id as a TimeEntry, or DeletedTimeEntry", times::get),
                read("list", "Reads entries that start between from: and to: as TimeEntry, of everybody or assignees:,"
                        + " of one space:, folder:, list: or task:", times::list),
                write("create", "Creates one from fields:, once for a marker:", times::create),
                write("update", "Writes the values under fields: that differ to the one with id:", times::update),
                write("delete", "Deletes the one with id:", times::delete));
    }

    private Object spaces(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        return Stream.of(false, true).flatMap(archived -> account.workspace().spaces(archived).stream())
                .map(account::read).toList();
    }

    private Object fields(Request request) {
        return accounts.apply(request.account()).workspace().fields(ClickUpRequests.required(request, "list"));
    }

    private Object members(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String list = ClickUpRequests.other(request, "list");
        List<Map<String, Object>> people = list == null ? account.members() : account.workspace().members(list);
        return people.stream().map(one -> new LinkedHashMap<>(account.read(one))).toList();
    }
}
