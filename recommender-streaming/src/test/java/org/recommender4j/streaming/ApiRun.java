package org.recommender4j.streaming;

import static org.recommender4j.streaming.ApiChecks.check;
import static org.recommender4j.streaming.ApiChecks.same;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.recommender4j.Recommendations;
import org.recommender4j.Recommender;
import org.recommender4j.Request;
import org.recommender4j.data.Dataset;

/** A live recommender and its twin, who are told the same. */
final class ApiRun implements AutoCloseable {
    /** What was called, to be read. */
    final List<String> trace = new ArrayList<>();

    private final ApiStart start;
    private final Path root;
    private final LiveData.Clock clock = new LiveData.Clock();
    private final ApiEvents make;
    private final ApiChecks checks;
    private final Map<Long, ApiTwin> past = new TreeMap<>();
    private int folders;
    private Path folder;
    private LiveRecommender<String, String> live;
    private ApiTwin twin;
    private boolean closed;
    private long lastForgotten;
    private long applied;
    private long duplicates;
    private long rejected;

    ApiRun(ApiStart start, Path root) {
        this.start = start;
        this.root = root;
        make = new ApiEvents(start, clock);
        checks = new ApiChecks(start);
        folder = root.resolve("0");
        Dataset<String, String> data = start.data();
        twin = new ApiTwin(start, data);
        live = start.begin(data, clock, folder);
        remember();
    }

    private void remember() {
        if (start.keepJournal() && start.folder()) {
            past.put(twin.version, twin.copy());
        }
    }

    private void learned(Event<String, String> event) {
        if (twin.apply(event, clock.millis())) {
            applied++;
            remember();
        } else {
            duplicates++;
        }
    }

    private void refused(String what, Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException e) {
            check(e.getMessage() != null && !e.getMessage().isEmpty(), "no message", what);
            return;
        }
        throw new AssertionError("accepted: " + what);
    }

    /** Makes a call and compares what it says and leaves. */
    void step(ApiSequence.Command command) {
        SplittableRandom random = new SplittableRandom(command.seed());
        trace.add(command.kind().toString());
        if (closed) {
            return;
        }
        switch (command.kind()) {
            case EVENT -> one(make.event(random));
            case BATCH -> batch(random);
            case BAD -> bad(random, make.bad(random));
            case ODD_ID -> odd(random);
            case SUBMIT -> submit(random);
            case OFFER -> offer(random);
            case SUBSCRIBE -> subscribe(random);
            case DESCRIBE -> describe(random);
            case BAD_FACT -> badFact(random);
            case FORGET -> forget(ApiEvents.user(random));
            case REFIT -> live.refit();
            case REFRESH -> live.refreshItems();
            case SNAPSHOT -> live.snapshot();
            case TICK -> clock.millis.addAndGet(random.nextInt(48) * 3_600_000L);
            case REOPEN -> reopen();
            case CRASH -> crash();
            case PLAIN_OPEN -> plainOpen();
            case AS_OF -> asOf(random);
            case SAVE -> save();
            case RECOMMEND -> questions().recommend(random);
            case HISTORY -> questions().history(random);
            case SIMILAR -> questions().similar(random);
            case AUDIENCE -> questions().audience(random);
            case EXPLAIN -> questions().explain(random);
            case ALL -> questions().all(random);
            case TRENDS -> questions().trends(random);
            case ANALYTICS -> questions().analytics(random);
            case VERSIONS -> versions();
            case CLOSE -> closeInMemory();
        }
        String user = ApiEvents.user(random);
        checks.export(twin, live, user);
        checks.list(
                twin,
                live.recommend(user, 5),
                new ApiChecks.Rules(5, twin.history(user).keySet()),
                false);
        same(live.version(), twin.version, "version");
        if (command.kind().isRare()) {
            checks.everything(twin, live);
            metrics();
        }
    }

    /** Looks at everything at the end. */
    void finish() {
        checks.everything(twin, live);
        metrics();
        if (start.folder()) {
            trace.add("at the end");
            reopen();
            crash();
        }
    }

    private ApiQuestions questions() {
        return new ApiQuestions(start, live, twin, checks, this::say);
    }

    private void say(Object what) {
        trace.set(trace.size() - 1, trace.get(trace.size() - 1) + " " + what);
    }

    private void metrics() {
        Metrics metrics = live.metrics();
        same(metrics.version(), twin.version, "version of the metrics");
        same(metrics.items(), twin.items.size(), "items of the metrics");
        same(metrics.users(), twin.users.size(), "users of the metrics");
        same(metrics.events(), applied, "events of the metrics");
        same(metrics.duplicates(), duplicates, "duplicates of the metrics");
        same(metrics.rejected(), rejected, "rejected of the metrics");
        same(metrics.failures(), 0L, "failures of the metrics");
        same(metrics.queued(), 0, "queued of the metrics");
    }

    private void one(Event<String, String> event) {
        say(event);
        long version = live.ingest(event);
        learned(event);
        same(version, twin.version, "version of an event");
        mustBeSeen(event, version);
    }

    private void mustBeSeen(Event<String, String> event, long version) {
        if (twin.history(event.user()).containsKey(event.item())) {
            Recommendations<String> list = live.recommend(Request.<String, String>forUser(event.user())
                    .only(List.of(event.item()))
                    .atLeast(version));
            check(list.isEmpty(), "what was just done is recommended", list);
        }
    }

    private void batch(SplittableRandom random) {
        List<Event<String, String>> events = new ArrayList<>();
        int size = random.nextInt(6);
        for (int k = 0; k < size; k++) {
            boolean isBad = random.nextInt(5) == 0;
            events.add(isBad ? make.bad(random) : make.event(random));
            if (isBad) {
                rejected++;
            } else {
                learned(events.get(k));
            }
        }
        say(events);
        same(live.ingestAll(events), twin.version, "version of a batch");
    }

    private void bad(SplittableRandom random, Event<String, String> event) {
        say(event);
        if (random.nextBoolean()) {
            refused(event.toString(), () -> live.ingest(event));
        } else {
            try {
                live.submit(event).join();
                throw new AssertionError("accepted: " + event);
            } catch (CompletionException e) {
                check(e.getCause() instanceof IllegalArgumentException, "another reason", e);
            }
        }
        rejected++;
    }

    /** Ids that are hard to write down are refused or kept; two of them are never the same. */
    private void odd(SplittableRandom random) {
        String id = ApiEvents.ODD.get(random.nextInt(ApiEvents.ODD.size()));
        String other = ApiEvents.ODD.get(random.nextInt(ApiEvents.ODD.size()));
        Event<String, String> event;
        try {
            event = switch (random.nextInt(4)) {
                case 0 -> Event.view(id, ApiEvents.item(random));
                case 1 -> Event.view(ApiEvents.user(random), id);
                case 2 ->
                    Event.<String, String>view(ApiEvents.user(random), ApiEvents.item(random))
                            .withId(id)
                            .withSession(other);
                default -> Event.<String, String>view(id, other).withContext(id, other);
            };
        } catch (IllegalArgumentException e) {
            check(e.getMessage().contains("surrogate"), "refused for another reason", e);
            return;
        }
        say(event);
        live.ingest(event);
        learned(event);
    }

    private void submit(SplittableRandom random) {
        Event<String, String> event = make.event(random);
        say(event);
        long version = live.submit(event).join();
        learned(event);
        same(version, twin.version, "version of a submitted event");
        mustBeSeen(event, version);
    }

    private void offer(SplittableRandom random) {
        Event<String, String> event = make.event(random);
        say(event);
        check(live.offer(event), "not taken", event);
        long before = twin.version;
        learned(event);
        if (twin.version > before) {
            mustBeSeen(event, twin.version);
        }
        // What comes behind it in the queue waits for it.
        Event<String, String> next = make.event(random);
        say(next);
        live.submit(next).join();
        learned(next);
    }

    private void subscribe(SplittableRandom random) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Flow.Subscriber<Event<String, String>> subscriber = live.subscriber(done);
        List<Event<String, String>> events = new ArrayList<>();
        long[] asked = new long[1];
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                asked[0] += n;
            }

            @Override
            public void cancel() {}
        });
        for (int k = random.nextInt(4); k > 0; k--) {
            check(asked[0]-- > 0, "no more events are asked for");
            events.add(make.event(random));
            subscriber.onNext(events.get(events.size() - 1));
            learned(events.get(events.size() - 1));
        }
        say(events);
        subscriber.onComplete();
        done.join();
    }

    private void describe(SplittableRandom random) {
        String item = ApiEvents.item(random);
        String value = "g" + random.nextInt(5);
        List<String> values = List.of();
        long version;
        switch (random.nextInt(5)) {
            case 0 -> {
                values = random.nextBoolean() ? List.of(value) : List.of(value, "g1");
                version = live.itemCategories(item, ApiStart.FIELD, values.toArray(new String[0]));
            }
            case 1 -> version = live.itemNumber(item, "price", random.nextInt(100));
            case 2 -> version = live.itemText(item, "title", "other words " + value);
            case 3 -> version = live.itemVector(item, "image", new float[] {1, 2, random.nextInt(9)});
            default -> version = live.addItem(item);
        }
        say(item + " " + values);
        twin.describe(item, values);
        same(version, twin.version, "version of a fact");
        remember();
    }

    private void badFact(SplittableRandom random) {
        String item = ApiEvents.item(random);
        int which = random.nextInt(5);
        say(item + " " + which);
        refused("fact " + which, () -> {
            switch (which) {
                case 0 -> live.itemVector(item, "image", new float[] {1, 2});
                case 1 -> live.itemVector(item, "image", new float[] {1, 2, Float.NaN});
                case 2 -> live.itemNumber(item, "price", Double.POSITIVE_INFINITY);
                case 3 -> live.itemCategories("", ApiStart.FIELD, "g1");
                default -> live.addItem("");
            }
        });
    }

    private void forget(String user) {
        say(user);
        Forgotten<String> report = live.forget(user);
        Map<String, ApiTwin.Entry> history = twin.forget(user);
        same(report.known(), history != null, "whether somebody forgotten was known");
        checks.history(report.history(), history == null ? Map.of() : history, "what was forgotten");
        // Whoever it is: what is kept of older versions is gone.
        lastForgotten = twin.version;
        past.clear();
        remember();
        for (String item : twin.items) {
            check(!live.audience(item, 100).items().contains(user), "somebody forgotten is in an audience", item);
        }
        live.analytics()
                .ifPresent(reports -> check(reports.user(user, 3).isEmpty(), "somebody forgotten is in reports", user));
    }

    private LiveRecommender<String, String> open(Path path) {
        return start.options(clock).open(path, String.class, String.class);
    }

    private void goOn(LiveRecommender<String, String> next) {
        live = next;
        applied = 0;
        duplicates = 0;
        rejected = 0;
    }

    /**
     * With members the lists may change, as these learn anew from the histories.
     */
    private void afterRestart(Map<String, String> before) {
        same(live.version(), twin.version, "version after a restart");
        if (start.members().isEmpty() && !start.addsUp()) {
            Map<String, String> after = ApiChecks.answers(twin, live);
            before.forEach((what, answer) -> same(after.get(what), answer, "answers after a restart, " + kind(what)));
        }
        checks.everything(twin, live);
    }

    private static String kind(String what) {
        return what.replaceAll(" [^ ]*\\d+$", "");
    }

    private void reopen() {
        if (!start.folder()) {
            return;
        }
        Map<String, String> before = ApiChecks.answers(twin, live);
        live.close();
        live.close();
        checks.everything(twin, live);
        try {
            live.ingest(Event.view("u0", "i0"));
            throw new AssertionError("taken after close");
        } catch (IllegalStateException e) {
            // It says so.
        }
        checks.everything(twin, live);
        goOn(open(folder));
        same(live.recovery().orElseThrow().bytesCut(), 0L, "bytes cut after a close");
        afterRestart(before);
    }

    /** The process ends, and what it wrote is opened by another: here a copy of the files. */
    private void crash() {
        if (!start.folder()) {
            return;
        }
        Map<String, String> before = ApiChecks.answers(twin, live);
        Path copy = copy();
        live.close();
        ApiSequence.delete(folder);
        folder = copy;
        goOn(open(folder));
        afterRestart(before);
    }

    private Path copy() {
        return ForgetCrashTest.copy(folder, root.resolve(Integer.toString(++folders)));
    }

    /** Opening without the options either fails loudly or knows all that there was; and it spoils nothing. */
    private void plainOpen() {
        if (!start.folder() || start.halfLifeHours() > 0) {
            // The half-life is not in the folder: the weights of what is read from the journal are others without it.
            return;
        }
        Path copy = copy();
        try (LiveRecommender<String, String> other = LiveRecommender.open(copy, String.class, String.class)) {
            check(start.members().isEmpty(), "members are gone without a word", other);
            for (String user : twin.users.keySet()) {
                new ApiChecks(start).export(twin, other, user);
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            check(e.getMessage() != null, "no message", e);
        }
        try (LiveRecommender<String, String> again = open(copy)) {
            checks.everything(twin, again);
        }
        ApiSequence.delete(copy);
    }

    private void asOf(SplittableRandom random) {
        if (past.isEmpty()) {
            return;
        }
        List<Long> versions = new ArrayList<>(past.keySet());
        long version = versions.get(random.nextInt(versions.size()));
        say(version);
        Path copy = copy();
        try (LiveRecommender<String, String> then =
                start.options(clock).openAsOf(copy, String.class, String.class, version)) {
            checks.everything(past.get(version), then);
        } catch (IllegalStateException e) {
            check(version <= lastForgotten, "not there any more, and nobody was forgotten", version, e);
        }
        ApiSequence.delete(copy);
    }

    private void save() {
        Path file = root.resolve("saved");
        try {
            live.save(file);
            byte[] bytes = Files.readAllBytes(file);
            live.save(file);
            check(Arrays.equals(bytes, Files.readAllBytes(file)), "saved twice, not the same bytes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalStateException | UnsupportedOperationException e) {
            check(e.getMessage() != null, "no message", e);
            return;
        }
        Recommender<String, String> loaded = Recommender.load(file, String.class, String.class);
        if (start.minGroup() > 1 || start.sessionWeight() > 0 || start.addsUp()) {
            // Documented: options of the live recommender hold for it alone.
            return;
        }
        Map<String, String> saved = ApiChecks.answers(twin, loaded);
        ApiChecks.answers(twin, live)
                .forEach((what, answer) -> same(saved.get(what), answer, "answers of what was saved, " + kind(what)));
    }

    private void versions() {
        same(live.version(), twin.version, "version");
        CompletableFuture<Recommendations<String>> later = CompletableFuture.supplyAsync(() ->
                live.recommend(Request.<String, String>forUser("u1").limit(100).atLeast(twin.version + 1)));
        Event<String, String> event = Event.view("u1", "i1");
        live.ingest(event);
        check(!later.join().items().contains("i1"), "an older version than was asked for");
        learned(event);
    }

    private void closeInMemory() {
        if (start.folder()) {
            return;
        }
        live.close();
        try {
            live.offer(Event.view("u0", "i0"));
            throw new AssertionError("taken after close");
        } catch (IllegalStateException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        live.close();
    }
}
