package org.recommender4j.examples.liveshop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.recommender4j.Recommendation;
import org.recommender4j.Recommender;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.streaming.Event;
import org.recommender4j.streaming.LiveRecommender;

/** The world outside of the recommender: visitors who look at what they are shown, click, and sometimes buy. */
final class Simulation {
    private static final int VISITORS = 600;
    private static final int PER_DEPARTMENT = 50;
    private static final int LOOKS = 12;
    private static final int SHOWN = 6;
    private static final double BUYS = 0.25;
    private static final double TURNS = 0.04;

    private final SplittableRandom random;
    private final Shelves shelves;
    private final List<Visitor> visitors = new ArrayList<>();
    private Instant now = Instant.parse("2026-05-04T08:00:00Z");

    Simulation(long seed) {
        random = new SplittableRandom(seed);
        shelves = new Shelves(random.split(), PER_DEPARTMENT);
        for (int v = 0; v < VISITORS; v++) {
            visitors.add(new Visitor("visitor-" + v, random.split()));
        }
    }

    Shelves shelves() {
        return shelves;
    }

    Instant now() {
        return now;
    }

    void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    /** The months before: everybody looked around by interest. */
    Dataset<String, String> past() {
        DatasetBuilder<String, String> builder = Dataset.builder();
        for (Product product : shelves.all()) {
            builder.itemCategories(
                    product.id(), "department", product.department().label());
        }
        for (Visitor visitor : visitors) {
            for (int look = 0; look < LOOKS; look++) {
                Product product = shelves.any(visitor.wanders());
                visitor.looksAt(product);
                long secondsAgo = 3600L * (1 + random.nextInt(24 * 90));
                builder.addEvent(visitor.id(), product.id(), "view", now.minusSeconds(secondsAgo));
            }
        }
        return builder.build();
    }

    /**
     * One visit: a list is shown, the visitor clicks the first product of it that pleases, or else walks around; what happens is
     * told to the live recommender whoever made the list.
     *
     * @param asked who makes the list
     * @param clicks counts the outcome
     */
    void visit(Recommender<String, String> asked, LiveRecommender<String, String> live, Clicks clicks) {
        Visitor visitor = visitors.get(random.nextInt(visitors.size()));
        if (random.nextDouble() < TURNS) {
            visitor.turn();
        }
        pass(1 + random.nextInt(2));
        Product clicked = null;
        List<Event<String, String>> skipped = new ArrayList<>();
        for (Recommendation<String> entry :
                asked.recommend(visitor.id(), request -> request.limit(SHOWN).filter(shelves::inStock))) {
            Product product = shelves.get(entry.item());
            if (random.nextDouble() < visitor.clicks(product)) {
                clicked = product;
                break;
            }
            skipped.add(
                    Event.<String, String>impression(visitor.id(), product.id()).at(now));
        }
        clicks.count(clicked != null);
        skipped.forEach(live::ingest);
        Product looked = clicked == null ? shelves.any(visitor.wanders()) : clicked;
        visitor.looksAt(looked);
        live.ingest(Event.<String, String>view(visitor.id(), looked.id()).at(now));
        if (random.nextDouble() < BUYS * looked.appeal() && shelves.sell(looked.id())) {
            live.ingest(
                    Event.<String, String>purchase(visitor.id(), looked.id()).at(now.plusMillis(500)));
        }
    }

    Department anyDepartment() {
        List<Department> all = List.of(Department.values());
        return all.get(random.nextInt(all.size()));
    }
}
