package dev.sverka.sandbox.diadoc;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import dev.sverka.sandbox.StandIn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Diadoc and its identity provider: boxes, events, documents, and faults (diadoc.md section 13). */
public final class DiadocStandIn extends StandIn {

    public static final String BOX = "11111111-2222-4333-8444-555555555501";
    public static final String OWN_INN = "0000123404";
    public static final String COUNTERPARTY = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeee01";
    public static final String COUNTERPARTY_INN = "0000567801";

    private static final Set<String> POSTS = Set.of("GetDocflowEvents", "GetDocflows", "Authenticate", "token");

    private final Clock clock;
    private final DiadocSwitches switches = new DiadocSwitches();
    private final DiadocLogins logins;
    private final Map<String, DiadocBox> boxes = new LinkedHashMap<>();
    private final Map<String, DiadocBox> strangers = new LinkedHashMap<>();
    private final DiadocEvents events;

    public DiadocStandIn(int port, Clock clock) {
        super(port);
        this.clock = clock;
        this.logins = new DiadocLogins(switches, clock);
        this.events = new DiadocEvents(switches);
        box(BOX, OWN_INN, "ООО \"Вымысел-Продавец\"");
        stranger(COUNTERPARTY, COUNTERPARTY_INN, "ООО \"Вымысел-Покупатель\"");
    }

    /** A further box of the same log-in. */
    public DiadocBox box(String id, String inn, String name) {
        DiadocBox box = new DiadocBox(id, inn, name, clock);
        boxes.put(id, box);
        return box;
    }

    /** A box of somebody else. */
    public void stranger(String id, String inn, String name) {
        strangers.put(id, new DiadocBox(id, inn, name, clock));
    }

    public DiadocBox box() {
        return boxes.get(BOX);
    }

    public DiadocSwitches switches() {
        return switches;
    }

    public DiadocLogins logins() {
        return logins;
    }

    /** What a daemon must be set to. */
    public Map<String, String> settings() {
        return Map.of("sverka.diadoc.main.url", url(), "sverka.diadoc.main.identity-url", url(),
                "sverka.diadoc.main.client-id", DiadocLogins.CLIENT_ID, "sverka.diadoc.main.client-secret",
                DiadocLogins.CLIENT_SECRET, "sverka.diadoc.main.refresh-token", DiadocLogins.REFRESH_TOKEN);
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    protected String name(Request request) {
        return path(request).replaceFirst(".*/", "");
    }

    private static String path(Request request) {
        return request.getUrl().replaceFirst("\\?.*", "");
    }

    @Override
    protected boolean isWrite(String name, Request request) {
        return name.equals("token") || name.equals("Authenticate");
    }

    @Override
    protected Reply answer(String name, Request request) {
        String path = path(request);
        boolean posted = request.getMethod().equals(RequestMethod.POST);
        if (posted != POSTS.contains(name)) {
            return text(405, "method not allowed");
        }
        if (path.equals("/connect/token")) {
            return logins.token(request);
        }
        if (path.equals("/V3/Authenticate")) {
            return logins.authenticate(request);
        }
        if (!logins.isAccepted(request.getHeader("Authorization"))) {
            return text(401, "token is not valid");
        }
        if (!String.valueOf(request.getHeader("Accept")).startsWith("application/json")) {
            return new Reply(200, "application/x-protobuf", new byte[] {10, 3, 1, 2, 3}, Map.of());
        }
        Reply reply = called(path, name, request);
        if (!switches.sunset || reply.status() != 200) {
            return reply;
        }
        return new Reply(200, reply.type(), reply.body(), Map.of("Sunset", "Sat, 03 Apr 2027 00:00:00 GMT"));
    }

    private Reply called(String path, String name, Request request) {
        String version = path.substring(1).replaceFirst("/.*", "");
        if (switches.removed.contains(version) && POSTS.contains(name)) {
            return text(410, "gone");
        }
        if (path.equals("/GetMyOrganizations")) {
            return parameter(request, "autoRegister").equals("false") ? Reply.json(200, Map.of("Organizations",
                    boxes.values().stream().map(box -> organization(box, true)).toList()))
                    : text(409, "registration was requested 3 times today");
        }
        if (path.equals("/GetBox")) {
            DiadocBox known = boxes.getOrDefault(parameter(request, "boxId"), strangers.get(parameter(request,
                    "boxId")));
            return known == null ? text(404, "no such box") : Reply.json(200, Map.of("BoxId", longForm(known.id()),
                    "BoxIdGuid", known.id(), "Organization", organization(known, false)));
        }
        DiadocBox box = boxes.get(parameter(request, "boxId"));
        if (box == null) {
            return parameter(request, "boxId").isEmpty() ? text(400, "boxId is missing") : text(403, "access denied");
        }
        int refused = switches.refused.getOrDefault(box.id(), 0);
        if (refused != 0) {
            return text(refused, refused == 402 ? "API subscription expired" : "access denied");
        }
        return switch (path) {
            case "/GetMyEmployee" -> Reply.json(200, Map.of("Permissions", Map.of("DocumentAccessLevel",
                    switches.accessLevel, "Actions", List.of())));
            case "/V5/GetDocflowEvents", "/V4/GetDocflowEvents" -> switches.accessLevel.equals("AllDocuments")
                    ? posted(request, body -> events.page(box, version, body)) : text(403, "access denied");
            case "/V5/GetDocflows", "/V4/GetDocflows" -> posted(request, body -> docflows(box, version, body));
            case "/V3/GetDocument" -> document(box, request);
            case "/V3/GetDocuments" -> DiadocListing.page(box, request);
            case "/V4/GetEntityContent" -> content(box, request);
            default -> text(404, "no such method");
        };
    }

    private Reply posted(Request request, Function<JsonNode, Reply> call) {
        if (!String.valueOf(request.getHeader("Content-Type")).startsWith("application/json")) {
            return text(415, "unsupported media type");
        }
        try {
            return call.apply(JSON.readTree(request.getBodyAsString()));
        } catch (JacksonException broken) {
            return text(400, "can't deserialize request body");
        }
    }

    private static Reply docflows(DiadocBox box, String version, JsonNode body) {
        List<Object> found = new ArrayList<>();
        for (JsonNode one : body.path("Requests").values()) {
            DiadocPaper paper = box.paper(one.path("DocumentId").path("MessageId").asString(""),
                    one.path("DocumentId").path("EntityId").asString(""));
            if (paper == null) {
                return text(404, "not found");
            }
            DiadocBox.Event last = box.last(paper);
            found.add(Map.of("DocumentId", paper.documentId(), "Document", paper.withDocflow(version, last.id(),
                    last.at())));
        }
        return Reply.json(200, Map.of("Documents", found));
    }

    private static Reply document(DiadocBox box, Request request) {
        DiadocPaper paper = box.paper(parameter(request, "messageId"), parameter(request, "entityId"));
        if (paper == null) {
            return text(404, "not found");
        }
        Map<String, Object> flat = new HashMap<>(paper.flat());
        if (!parameter(request, "injectEntityContent").equals("false")) {
            flat.put("Content", Map.of("Size", 4, "Data", "0J/Rgw=="));
        }
        return Reply.json(200, flat);
    }

    private static Reply content(DiadocBox box, Request request) {
        DiadocPaper paper = box.paper(parameter(request, "messageId"), parameter(request, "entityId"));
        return paper == null ? text(404, "not found") : new Reply(200, "application/octet-stream",
                ("file of " + paper.id()).getBytes(), Map.of("X-Diadoc-FileName", "x.xml"));
    }

    private Map<String, Object> organization(DiadocBox box, boolean withBoxes) {
        Map<String, Object> organization = new LinkedHashMap<>(Map.of("Inn", box.inn(), "Kpp", "000001001", "FullName",
                box.name(), "ShortName", box.name(), "IsTest", !switches.genuine.contains(box.id())));
        organization.put("Boxes", withBoxes ? List.of(Map.of("BoxId", longForm(box.id()), "BoxIdGuid", box.id(),
                "Title", box.name())) : List.of());
        return organization;
    }

    private static String longForm(String box) {
        return box.replace("-", "") + "@diadoc.ru";
    }

    static String parameter(Request request, String name) {
        return request.queryParameter(name).isPresent() ? request.queryParameter(name).firstValue() : "";
    }

    static Reply text(int status, String words) {
        return new Reply(status, "text/plain; charset=utf-8", words, Map.of("X-Kontur-Trace-Id", "0123456789abcdef"));
    }

    /** What the edge says when there is too much. @param retryAfter null for nothing */
    public static Reply throttled(String retryAfter) {
        return new Reply(429, "text/html", "<html><head><title>429 Too Many Requests</title></head></html>",
                retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter));
    }
}
