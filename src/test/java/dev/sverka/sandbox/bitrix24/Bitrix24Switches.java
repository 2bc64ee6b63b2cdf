package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.StandIn;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The switches of the portal: where sources disagree, and what may go wrong (bitrix24.md section 14). */
public abstract class Bitrix24Switches extends StandIn {

    public static final String SECRET = "sandbox-webhook-secret";
    public static final int USER = 17;

    final PortalClock clock;
    final Crm crm;
    final Methods methods = new Methods();
    final People people = new People();
    final Items items;
    final Users users;
    final Timeline timeline;
    final Requisites requisites;
    final Schema schema;
    final UserFields userFields;
    final General general;
    final Desk desk;
    final Bucket bucket;
    volatile List<Credential> credentials;
    volatile boolean overloaded;
    volatile boolean cutsByReset;
    volatile boolean plainHttpRefused;
    volatile boolean escaped;
    volatile CrmError refusal;
    volatile String host;

    Bitrix24Switches(int port, Clock base) {
        super(port);
        clock = new PortalClock(base);
        crm = new Crm(clock);
        items = new Items(crm, methods);
        users = new Users(crm, methods);
        timeline = new Timeline(crm, items, users, methods);
        requisites = new Requisites(crm, items, methods);
        schema = new Schema(crm, methods);
        userFields = new UserFields(crm, methods);
        general = new General(crm, methods);
        new Stages(crm, methods);
        new ProductRows(crm, items, methods);
        new Imports(crm, items, methods);
        new Legacy(crm, items, methods);
        crm.files.into(methods);
        crm.files.address = "http://127.0.0.1:" + port();
        desk = new Desk(crm, methods, people);
        bucket = new Bucket(clock);
        credentials = List.of(new Credential(USER, SECRET, true, Set.of("crm", "userfieldconfig", "user", "department",
                "im", "disk", "bizproc")));
        users.hire(USER, "Обмен", "Данными", "sync@example.org", "").hire(Portal.PERSON, "Анна", "Примерова",
                "a.primerova@example.org", "Бухгалтер").hire(31, "Олег", "Выдуманов", "o.vydumanov@example.org",
                    "Менеджер")
                .hire(1, "Ирина", "Главная", "admin@example.org", "Директор").dismiss(31);
    }

    /** The portal's clock: skew, offset, time that passes (section 14.8). */
    public PortalClock clock() {
        return clock;
    }

    public Crm crm() {
        return crm;
    }

    /** Edits of people between our calls (section 14.7). */
    public People people() {
        return people;
    }

    public Users users() {
        return users;
    }

    public Timeline timeline() {
        return timeline;
    }

    /** Changes of requisites and bank details so far, as {@code EVENT id} (section 7.4). */
    public List<String> requisiteChanges() {
        return requisites.changes();
    }

    /** Switches all limits: of requests (section 3.1) and of operating time (3.2). */
    public void limits(boolean on) {
        desk.limited = on;
    }

    /** Whether the portal's plan is Enterprise: 250 requests and 5 a second instead of 50 and 2 (section 3.1). */
    public void enterprise(boolean on) {
        bucket.plan(on ? Bucket.Plan.ENTERPRISE : Bucket.Plan.STANDARD);
        general.enterprise = on;
    }

    /** Refuses everything with OVERLOAD_LIMIT until it is switched off by hand (section 14.3, 18). */
    public void overloaded(boolean on) {
        overloaded = on;
    }

    /** The operating time a method has in ten minutes; 480 s in the cloud, 420 s on a box (section 3.2). */
    public void operatingCeiling(BigDecimal seconds) {
        desk.operating().ceiling(seconds);
    }

    /** Whether all credentials of the portal share the operating time (section 3.2, conflict 1). */
    public void operatingShared(boolean on) {
        desk.operating().shared(on);
    }

    /** Whether a batch's time is booked on {@code batch} and not on its commands (section 3.2, conflict 2). */
    public void operatingBookedOnBatch(boolean on) {
        desk.batchIsBooked = on;
    }

    /** Whether calls under 0.1 s are not counted; usually so (section 3.2). */
    public void shortCallsFree(boolean on) {
        desk.operating().shortCallsFree(on);
    }

    /** What a call of a method costs in seconds of server time, and each row of its answer (section 3.4). */
    public void cost(String method, String seconds, String perRow) {
        desk.costs().of(method, new BigDecimal(seconds), new BigDecimal(perRow));
    }

    /** What automation adds to each save of an item, in seconds (section 3.4). */
    public void automationCost(String seconds) {
        desk.costs().automation(new BigDecimal(seconds));
    }

    /** Whether the portal's clock moves on by what a call costs. */
    public void callsTakeTime(boolean on) {
        desk.takesTime = on;
    }

    /** Whether the 60 s cut closes the connection instead of answering 504 (section 14.3, 17). */
    public void cutsByReset(boolean on) {
        cutsByReset = on;
    }

    /** Whether replies tell {@code operating}; a box may not (section 1.5). */
    public void tellsOperating(boolean on) {
        desk.tellsOperating = on;
    }

    /** Whether {@code time.start} comes as an integer (section 2.2). */
    public void wholeSecondsInTime(boolean on) {
        desk.wholeSeconds = on;
    }

    /** Whether slashes and letters come escaped in JSON (section 2.2). */
    public void escapesJson(boolean on) {
        escaped = on;
    }

    /** Whether plain HTTP is refused, as by the vendor; here it is taken, because there is no other (section 1.1). */
    public void plainHttpRefused(boolean on) {
        plainHttpRefused = on;
    }

    /** How dates in filters are read (section 4.3). */
    public void filterDates(FilterDates reading) {
        items.dates = reading;
    }

    /** Whether {@code *} in a select leaves custom fields out (section 4.2, T2). */
    public void starOmitsCustomFields(boolean on) {
        items.starOmitsCustomFields = on;
    }

    /** Whether multiple enumerations are not cleared although the reply says so (sections 6.6 and 14.2, 11). */
    public void clearingFails(boolean on) {
        items.clearingFails = on;
    }

    /** How long {@code crm.item.list} lags behind {@code crm.item.get} (section 13, 34). */
    public void listLags(Duration by) {
        items.listLag = by;
    }

    /** Whether dates read as midnight of the server's own zone (section 12). */
    public void datesAtLocalMidnight(boolean on) {
        crm.values.datesAtLocalMidnight = on;
    }

    /** How long a link to a file lives by the portal's clock (section 14.5, 23). */
    public void fileLinksLive(Duration time) {
        crm.files.linksLive = time;
    }

    /** Hides an item from the webhook's user, or shows it again (section 14.2, 10). */
    public void hidden(int entityTypeId, int id, boolean on) {
        hidden(entityTypeId + " " + id, on);
    }

    /** Hides a whole type, as when its rights vanish in mid-run (section 14.2, 10). */
    public void hidden(int entityTypeId, boolean on) {
        hidden(String.valueOf(entityTypeId), on);
    }

    private void hidden(String what, boolean on) {
        if (on) {
            items.hidden.add(what);
        } else {
            items.hidden.remove(what);
        }
    }

    /** Whether {@code get} of a hidden item says ACCESS_DENIED and not NOT_FOUND (section 14.2, 10). */
    public void hiddenIsDenied(boolean on) {
        items.hiddenIsDenied = on;
    }

    /** Lets the webhook's user read a type but not change it (section 2.4, ACCESS_DENIED). */
    public void readOnly(int entityTypeId, boolean on) {
        if (on) {
            items.readOnly.add(entityTypeId);
        } else {
            items.readOnly.remove(entityTypeId);
        }
    }

    /** Forbids the webhook's user to move items to a stage: error {@code -} (section 2.4). */
    public void barred(String stage) {
        items.barred.add(stage);
    }

    /** An administrator makes a field mandatory (section 14.7, 31). */
    public void mandatory(int entityTypeId, String field, boolean on) {
        synchronized (crm) {
            crm.type(entityTypeId).fields.computeIfPresent(field, (name, old) -> old.required(on));
        }
    }

    /** An administrator makes fields mandatory on a stage; {@code crm.item.fields} does not tell (section 13, 32). */
    public void mandatoryOnStage(int entityTypeId, String stage, String... fields) {
        synchronized (crm) {
            crm.type(entityTypeId).stageRequires.put(stage, List.of(fields));
        }
    }

    /** How many smart processes the plan allows; above it {@code CREATE_DYNAMIC_TYPE_RESTRICTED} (section 6.2). */
    public void smartProcessesAllowed(int most) {
        schema.mostTypes = most;
    }

    /** Whether {@code userfieldconfig.list} leaves list options out, as it may; usually so (section 6.5). */
    public void fieldListOmitsOptions(boolean on) {
        userFields.listsWithoutOptions = on;
    }

    /** Another webhook. @return its address (section 1.1) */
    public String webhook(int user, String secret, boolean admin, String... scopes) {
        List<Credential> more = new ArrayList<>(credentials);
        more.add(new Credential(user, secret, admin, new TreeSet<>(Arrays.asList(scopes))));
        credentials = List.copyOf(more);
        return address(more.get(more.size() - 1));
    }

    private String address(Credential webhook) {
        return "http://127.0.0.1:" + port() + "/rest/" + webhook.user() + "/" + webhook.secret() + "/";
    }

    /** Cuts the usual webhook to these scopes and rights in mid-run (section 14.1, 4). */
    public void usualWebhook(boolean admin, String... scopes) {
        replaced(new Credential(USER, credentials.get(0).secret(), admin, new TreeSet<>(Arrays.asList(scopes))));
    }

    private void replaced(Credential usual) {
        List<Credential> now = new ArrayList<>(credentials);
        now.set(0, usual);
        credentials = List.copyOf(now);
    }

    /** Takes the webhook's rights away, or gives them back. */
    public void authorised(boolean on) {
        refusal = on ? null : new CrmError(401, "NO_AUTH_FOUND", "Wrong authorization data");
    }

    /** The webhook's owner is dismissed (sections 1.1 and 14.5, 21). */
    public void ownerDismissed() {
        refusal = new CrmError(401, "AUTHORIZATION_ERROR", "Unable to authorize user");
    }

    /** The secret is regenerated by an administrator (sections 1.1 and 14.5, 21). @return the new address */
    public String secretRegenerated() {
        Credential old = credentials.get(0);
        replaced(new Credential(USER, old.secret() + "-2", old.admin(), old.scopes()));
        return address(credentials.get(0));
    }

    /** The plan with REST has ended (sections 1.1 and 14.5, 21). */
    public void planEnded() {
        refusal = new CrmError(403, "ACCESS_DENIED", "REST API is available only on commercial plans");
    }

    /** The subscription has ended (section 2.4). */
    public void subscriptionEnded() {
        refusal = new CrmError(401, "PAYMENT_REQUIRED", "Subscription has been ended");
        general.paymentExpired = true;
    }

    /**
     * The portal is renamed: any other host is sent a 302 with the new one (section 1.4).
     *
     * @param newHost with its port
     */
    public void renamedTo(String newHost) {
        host = newHost;
    }
}
