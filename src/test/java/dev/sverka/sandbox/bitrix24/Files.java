package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntSupplier;

/** Files of items and of the disk, and links that hold a credential and run out (bitrix24.md sections 10 and 14.5). */
final class Files {

    /** A file. @param folder where it lies on the disk; null for one of an item */
    record Stored(int id, String name, byte[] content, Integer folder, int author, String created) {
    }

    private record Link(int file, Instant until) {
    }

    static final int STORAGE = 57;
    static final int ROOT = 896;

    private final PortalClock clock;
    private final IntSupplier ids;
    final Map<Integer, Stored> files = new TreeMap<>();
    private final Map<String, Link> links = new HashMap<>();
    volatile Duration linksLive = Duration.ofHours(1);
    volatile String address = "";

    Files(PortalClock clock, IntSupplier ids) {
        this.clock = clock;
        this.ids = ids;
    }

    void into(Methods methods) {
        methods.read("disk.storage.getlist", "disk", call -> call.page(List.of(Map.of("ID", String.valueOf(STORAGE),
                        "NAME", "Общий диск", "ENTITY_TYPE", "common", "ROOT_OBJECT_ID", String.valueOf(ROOT))), null))
                .read("disk.storage.getchildren", "disk", this::children)
                .read("disk.folder.getchildren", "disk", this::children)
                .read("disk.file.get", "disk", call -> Result.of(row(onDisk(call.number("id")))))
                .file("disk.folder.uploadfile", "disk", this::upload)
                .file("disk.storage.uploadfile", "disk", this::upload);
    }

    /** A written file field: a name with base64, or the id of one that is kept. */
    synchronized Object field(Object value, Object before) {
        if (value instanceof List<?> list && list.size() == 2) {
            return store(list, null, 0).id();
        }
        int id = Crm.number(Call.asMap(value).get("id"));
        if (!Integer.valueOf(id).equals(before) && !(before instanceof List<?> many && many.contains(id))) {
            throw new IllegalArgumentException("not a file of this field");
        }
        return id;
    }

    private synchronized Stored store(List<?> nameAndContent, Integer folder, int author) {
        byte[] content = Base64.getDecoder().decode(String.valueOf(nameAndContent.get(1)));
        Stored file = new Stored(ids.getAsInt(), String.valueOf(nameAndContent.get(0)), content, folder, author,
                clock.now());
        files.put(file.id(), file);
        return file;
    }

    /** As {@code crm.item.get} shows it: an id and two links. */
    Object shown(Object value, int entityTypeId, Object item, String upperName) {
        if (value instanceof List<?> many) {
            return many.stream().map(one -> shown(one, entityTypeId, item, upperName)).toList();
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", value);
        shown.put("url", address + "/bitrix/services/main/ajax.php?action=crm.controller.item.getFile&SITE_ID=s1"
                + "&entityTypeId=" + entityTypeId + "&id=" + item + "&fieldName=" + upperName + "&fileId=" + value);
        shown.put("urlMachine", address + "/rest/crm.controller.item.getFile.json?auth=sandbox&token=crm%7C"
                + token((Integer) value));
        return shown;
    }

    private synchronized String token(int file) {
        String token = UUID.randomUUID().toString().replace("-", "");
        links.put(token, new Link(file, clock.instant().plus(linksLive)));
        return token;
    }

    /** The file behind a link; null when the link is unknown or has run out. */
    synchronized Stored behind(String token) {
        Link link = links.get(token);
        return link == null || clock.instant().isAfter(link.until()) ? null : files.get(link.file());
    }

    private Result upload(Call call) {
        int folder = call.number("id");
        if (folder != ROOT && folder != STORAGE) {
            throw new CrmError(400, "ERROR_NOT_FOUND", "Could not find entity with id '" + folder + "'.");
        }
        Object content = call.get("fileContent");
        if (content == null) {
            return Result.of(Map.of("field", "file", "uploadUrl", address + "/rest/upload.json?auth=sandbox"));
        }
        Object name = call.map("data").get("NAME");
        if (name == null || !(content instanceof List<?> pair) || pair.size() != 2) {
            throw new CrmError(400, "ERROR_ARGUMENT", "Invalid value of parameter 'fileContent' or 'data'");
        }
        boolean taken = files.values().stream().anyMatch(one -> one.folder() != null && one.name().equals(name));
        boolean unique = List.of("true", "1").contains(String.valueOf(call.get("generateUniqueName")));
        if (taken && !unique) {
            throw new CrmError(400, "DISK_OBJ_22000", "Файл с таким именем уже существует");
        }
        String kept = taken ? String.valueOf(name).replaceFirst("(\\.[^.]*)?$", " (" + files.size() + ")$1")
                : String.valueOf(name);
        return Result.of(row(store(List.of(kept, pair.get(1)), ROOT, call.who().user())));
    }

    private Result children(Call call) {
        call.required("id");
        return call.page(files.values().stream().filter(file -> file.folder() != null).map(this::row).toList(), null);
    }

    private Stored onDisk(int id) {
        Stored file = files.get(id);
        if (file == null || file.folder() == null) {
            throw new CrmError(400, "ERROR_NOT_FOUND", "Could not find entity with id '" + id + "'.");
        }
        return file;
    }

    private Map<String, Object> row(Stored file) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", String.valueOf(file.id()));
        row.put("NAME", file.name());
        row.put("CODE", null);
        row.put("STORAGE_ID", String.valueOf(STORAGE));
        row.put("TYPE", "file");
        row.put("PARENT_ID", String.valueOf(file.folder()));
        row.put("DELETED_TYPE", "0");
        row.put("GLOBAL_CONTENT_VERSION", "1");
        row.put("FILE_ID", String.valueOf(file.id()));
        row.put("SIZE", String.valueOf(file.content().length));
        row.put("CREATE_TIME", file.created());
        row.put("UPDATE_TIME", file.created());
        row.put("DELETE_TIME", null);
        row.put("CREATED_BY", String.valueOf(file.author()));
        row.put("UPDATED_BY", String.valueOf(file.author()));
        row.put("DELETED_BY", "0");
        row.put("DOWNLOAD_URL", address + "/rest/download.json?auth=sandbox&token=disk%7C" + token(file.id()));
        row.put("DETAIL_URL", address + "/company/personal/user/" + file.author() + "/disk/file/" + file.name());
        return row;
    }
}
