package org.recommender4j.examples.liveshop;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommender;
import org.recommender4j.data.Dataset;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.streaming.Event;
import org.recommender4j.streaming.HistoryEntry;
import org.recommender4j.streaming.LiveRecommender;
import org.recommender4j.streaming.Metrics;
import org.recommender4j.streaming.RefitReport;
import org.recommender4j.streaming.Trend;

/**
 * A shop that learns while it sells: recommendations and tastes that change with each event, new products, stock, trends, a new
 * model without a pause, latencies, a crash and what is left after it; and what the same shop would earn with a model that learns nothing after the start.
 */
public final class LiveShop {
    private static final String MARA = "Mara";
    private static final int LENGTH = 5;

    private final PrintStream out;
    private final Simulation simulation;
    private final int minutes;
    private final int visitsPerMinute;

    private LiveShop(PrintStream out, long seed, int minutes, int visitsPerMinute) {
        this.out = out;
        simulation = new Simulation(seed);
        this.minutes = minutes;
        this.visitsPerMinute = visitsPerMinute;
    }

    /**
     * Runs the program.
     *
     * @param args {@code --minutes N}: how long the shop is open, default 12; each minute has 400 visits; {@code --till FOLDER} is for
     *     the process that the program starts and kills
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (args.length == 2 && args[0].equals("--till")) {
            PowerCut.sell(out, Path.of(args[1]));
            return;
        }
        if (args.length != 0
                && !(args.length == 2 && args[0].equals("--minutes") && args[1].matches("[1-9]\\d{0,3}"))) {
            out.println("usage: LiveShop [--minutes N]");
            System.exit(2);
        }
        run(out, args.length == 0 ? 12 : Integer.parseInt(args[1]), 400);
    }

    static void run(PrintStream out, int minutes, int visitsPerMinute) {
        new LiveShop(out, 7, minutes, visitsPerMinute).open();
    }

    private void open() {
        Dataset<String, String> past = simulation.past();
        Algorithm algorithm = ImplicitAls.builder()
                .factors(16)
                .unobservedWeight(0.1)
                .regularization(0.02)
                .build();
        Recommender<String, String> frozen = algorithm.fit(past);
        out.printf(
                Locale.ROOT,
                "The shop opens with %,d products and what %,d visitors looked at in the last 90 days.%n%n",
                past.items().size(),
                past.users().size());
        try (LiveRecommender<String, String> live = LiveRecommender.builder()
                .clock(simulation::now)
                .historyHalfLife(Duration.ofDays(30))
                .popularityHalfLife(Duration.ofMinutes(10))
                // Visitors click what the serving model shows, so its recall is flattered.
                .gate(1000, 0.25)
                .start(past, algorithm)) {
            meetMara(live);
            day(live, frozen);
            goodbye(live);
        }
        PowerCut.demonstrate(out);
    }

    /** A new visitor, whose list changes with each click, and changes again when she turns to something else. */
    private void meetMara(LiveRecommender<String, String> live) {
        out.println("Mara is new. What everybody likes:");
        show(live, 0);
        for (Department department :
                List.of(Department.CAMPING, Department.CAMPING, Department.MUSIC, Department.MUSIC)) {
            Product product = simulation.shelves().any(department);
            simulation.pass(20);
            long version =
                    live.ingest(Event.<String, String>click(MARA, product.id()).at(simulation.now()));
            out.printf("Mara clicks on a %s. The next call already knows:%n", product.name());
            show(live, version);
        }
    }

    private void show(LiveRecommender<String, String> live, long version) {
        String list = live.recommend(MARA, request -> request.limit(LENGTH).atLeast(version)).items().stream()
                .map(id -> simulation.shelves().get(id).name())
                .collect(Collectors.joining(", "));
        out.printf("  %s%n  taste: %s%n%n", list, taste(live));
    }

    private String taste(LiveRecommender<String, String> live) {
        Map<String, Double> shares = new TreeMap<>();
        double total = 0;
        for (HistoryEntry<String> entry :
                live.export(MARA).map(export -> export.history()).orElse(List.of())) {
            String department =
                    simulation.shelves().get(entry.item()).department().label();
            shares.merge(department, entry.weight(), Double::sum);
            total += entry.weight();
        }
        double all = total;
        return shares.isEmpty()
                ? "unknown"
                : shares.entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                        .map(entry ->
                                String.format(Locale.ROOT, "%s %.0f %%", entry.getKey(), 100 * entry.getValue() / all))
                        .collect(Collectors.joining(", "));
    }

    /** Half of the visits are answered live, half by the model of the morning. */
    private void day(LiveRecommender<String, String> live, Recommender<String, String> frozen) {
        Clicks byLive = new Clicks();
        Clicks byFrozen = new Clicks();
        for (int minute = 1; minute <= minutes; minute++) {
            Product fresh = simulation.shelves().add(simulation.anyDepartment());
            live.itemCategories(fresh.id(), "department", fresh.department().label());
            for (int visit = 0; visit < visitsPerMinute; visit++) {
                boolean asksLive = visit % 2 == 0;
                simulation.visit(asksLive ? live : frozen, live, asksLive ? byLive : byFrozen);
            }
            int delivered = simulation.shelves().deliver();
            int refreshed = live.refreshItems();
            Metrics metrics = live.metrics();
            out.printf(
                    Locale.ROOT,
                    "minute %2d: %,6d events; new: %s; %d sold out items refilled; %d items relearned;%n"
                            + "           recommend p50 %.2f ms, p99 %.2f ms; ingest p50 %.3f ms, p99 %.3f ms%n",
                    minute,
                    metrics.events(),
                    fresh.name(),
                    delivered,
                    refreshed,
                    metrics.recommend().p50() / 1e6,
                    metrics.recommend().p99() / 1e6,
                    metrics.ingest().p50() / 1e6,
                    metrics.ingest().p99() / 1e6);
            if (minute == (minutes + 1) / 2) {
                RefitReport report = live.refit();
                out.printf("           a new model took over: %s (%s)%n", report.taken(), report.reason());
            }
        }
        out.printf(
                Locale.ROOT,
                "%nvisits with a click: %.1f %% with the live model, %.1f %% with the model of the morning%n",
                100 * byLive.rate(),
                100 * byFrozen.rate());
    }

    private void goodbye(LiveRecommender<String, String> live) {
        String trends = live.trends(LENGTH).stream()
                .map(Trend::item)
                .map(id -> simulation.shelves().get(id).name())
                .collect(Collectors.joining(", "));
        out.printf("trending: %s%n", trends);
        out.printf(
                "Mara asks to be forgotten: %d interactions removed; of her is left: %s%n",
                live.forget(MARA).history().size(), live.export(MARA).isEmpty() ? "nothing" : "something");
    }
}
