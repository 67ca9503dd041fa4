package org.recommender4j.streaming;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.recommender4j.Recommendations;
import org.recommender4j.Request;
import org.recommender4j.streaming.journal.Fsync;
import org.recommender4j.streaming.online.IncrementalItemKnn;

/**
 * What one of many threads does to a recommender with a folder: events in all ways, wishes to be forgotten, facts about items,
 * questions. It tells what it is about to do and what was promised to it. A user belongs to one thread, so the thread knows what
 * it must read.
 */
final class FolderWork {
    static final String TRIES = "T";
    static final String PROMISED = "P";
    static final String WISH = "W";
    static final String GONE = "G";
    static final String FACT = "F";
    static final String UNWRITTEN = "U";
    static final String ERROR = "E";

    /** Is told a word from above and what it is about. */
    interface Listener {
        void told(String line);
    }

    /** A user of this thread and all that was done. */
    private record Own(String user, Set<String> items) {}

    private final LiveRecommender<String, String> live;
    private final String name;
    private final SplittableRandom random;
    private final Listener listener;
    private final Deque<Own> own = new ArrayDeque<>();
    private int users;

    FolderWork(LiveRecommender<String, String> live, String name, SplittableRandom random, Listener listener) {
        this.live = live;
        this.name = name;
        this.random = random;
        this.listener = listener;
    }

    static LiveBuilder options(Fsync fsync) {
        return LiveData.live()
                .fsync(fsync)
                .gate(0, 0)
                .member(new IncrementalItemKnn(), 0.5)
                .analytics("group", reports -> {})
                .versionTimeout(Duration.ofSeconds(60));
    }

    static List<String> baseUsers() {
        List<String> result = new ArrayList<>();
        for (int user = 0; user < 60; user++) {
            result.add("u" + user / 20 + "-" + user % 20);
        }
        return result;
    }

    /** Goes on until it is told to stop, or until the recommender is closed. */
    void run(BooleanSupplier stop) {
        while (!stop.getAsBoolean()) {
            try {
                step();
            } catch (IllegalStateException | RejectedExecutionException | CompletionException e) {
                Throwable reason = e instanceof CompletionException ? e.getCause() : e;
                boolean refused = reason instanceof IllegalStateException
                        && String.valueOf(reason.getMessage()).contains("the disk refused");
                if (refused || reason instanceof UncheckedIOException) {
                    listener.told(UNWRITTEN + " " + name);
                } else if (!String.valueOf(reason.getMessage()).contains("closed")) {
                    listener.told(ERROR + " " + reason);
                }
                return;
            } catch (UncheckedIOException e) {
                listener.told(UNWRITTEN + " " + name);
                return;
            } catch (RuntimeException | AssertionError e) {
                listener.told(ERROR + " " + name + " " + e + " "
                        + List.of(e.getStackTrace()).subList(0, 3));
                return;
            }
        }
    }

    private void step() {
        switch (random.nextInt(40)) {
            case 0 -> forget();
            case 1 -> {
                String item = name + "-item-" + random.nextInt(1000);
                live.itemCategories(item, "group", "g" + random.nextInt(5));
                listener.told(FACT + " " + item);
            }
            case 2 -> live.trends(10);
            case 3 -> live.audience("i0-" + random.nextInt(12), 20);
            case 4 -> live.explain("u1-1", "i1-" + random.nextInt(12));
            case 5 -> live.similarItems("i2-" + random.nextInt(12), 5);
            default -> event();
        }
    }

    private Own someone() {
        Own last = own.peekLast();
        if (last == null || last.items.size() > 8) {
            last = new Own(name + "-" + users++, new HashSet<>());
            own.add(last);
        }
        return last;
    }

    private String item() {
        return random.nextInt(20) == 0
                ? "new-" + random.nextInt(50)
                : "i" + random.nextInt(3) + "-" + random.nextInt(12);
    }

    private void event() {
        Own one = someone();
        List<Event<String, String>> events = new ArrayList<>();
        int way = random.nextInt(3);
        for (int k = way == 2 ? random.nextInt(1, 5) : 1; k > 0; k--) {
            String item = item();
            listener.told(TRIES + " " + one.user + " " + item);
            events.add(Event.view(one.user, item));
        }
        long version = switch (way) {
            case 0 -> live.ingest(events.get(0));
            case 1 -> live.submit(events.get(0)).join();
            default -> live.ingestAll(events);
        };
        for (Event<String, String> event : events) {
            listener.told(PROMISED + " " + one.user + " " + event.item());
            one.items.add(event.item());
        }
        readOwn(one, version);
    }

    private void readOwn(Own one, long version) {
        Recommendations<String> list = live.recommend(
                Request.<String, String>forUser(one.user).limit(100).atLeast(version));
        if (list.items().stream().anyMatch(one.items::contains)) {
            throw new AssertionError("seen, and recommended: " + list);
        }
        Set<String> known = new HashSet<>();
        live.export(one.user).orElseThrow().history().forEach(entry -> known.add(entry.item()));
        if (!known.equals(one.items)) {
            throw new AssertionError("it is " + known + ", and should be " + one.items);
        }
    }

    private void forget() {
        if (own.size() < 3) {
            return;
        }
        Own one = own.removeFirst();
        listener.told(WISH + " " + one.user);
        Forgotten<String> report;
        try {
            report = live.forget(one.user);
        } catch (UncheckedIOException e) {
            // Whether the wish was written down is open; the next one to be forgotten, or opening, does the rest.
            listener.told(UNWRITTEN + " " + name);
            return;
        }
        listener.told(GONE + " " + one.user);
        if (!report.known() || report.history().size() != one.items.size()) {
            throw new AssertionError("forgotten was " + report + " instead of " + one.items);
        }
        if (live.export(one.user).isPresent()
                || live.audience("i0-1", 1000).items().contains(one.user)) {
            throw new AssertionError("not forgotten: " + one.user);
        }
    }
}
