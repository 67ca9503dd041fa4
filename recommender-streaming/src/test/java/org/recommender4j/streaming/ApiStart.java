package org.recommender4j.streaming;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.Feedback;
import org.recommender4j.model.Training;
import org.recommender4j.streaming.journal.Fsync;
import org.recommender4j.streaming.online.OnlineAlgorithm;

/** What a generated sequence of calls begins with: an algorithm and options on a small data set. */
record ApiStart(
        String algorithm,
        List<String> members,
        boolean folder,
        boolean keepJournal,
        boolean explicit,
        double positiveFrom,
        double sessionWeight,
        int minGroup,
        int halfLifeHours,
        int rememberedIds,
        boolean analytics) {
    static final String FIELD = "g";
    static final String OWN_KIND = "rent";
    static final int USERS = 8;
    static final int ITEMS = 12;

    private static final List<String> ALGORITHMS =
            Algorithm.all().stream().map(Algorithm::name).toList();
    private static final List<String> MEMBERS =
            List.of("IncrementalItemKnn", "DecayedPopularity", "SessionKnn", "IncrementalMf");

    static ApiStart random(SplittableRandom random) {
        List<String> members = new ArrayList<>();
        if (random.nextBoolean()) {
            members.add(MEMBERS.get(random.nextInt(MEMBERS.size())));
            if (random.nextInt(3) == 0) {
                members.add(MEMBERS.get(random.nextInt(MEMBERS.size())));
            }
        }
        boolean explicit = random.nextInt(4) == 0;
        return new ApiStart(
                ALGORITHMS.get(random.nextInt(ALGORITHMS.size())),
                members,
                random.nextBoolean(),
                random.nextInt(3) == 0,
                explicit,
                explicit || random.nextInt(4) > 0 ? 0 : 5,
                random.nextInt(4) == 0 ? 0.3 : 0,
                random.nextInt(6) == 0 ? 3 : 1,
                random.nextInt(4) == 0 ? 48 : 0,
                random.nextInt(4) == 0 ? random.nextInt(4) : 100_000,
                random.nextInt(3) == 0);
    }

    /** Returns starts that are simpler in one respect. */
    List<ApiStart> simpler() {
        List<ApiStart> result = new ArrayList<>();
        for (String plain : List.of("Popularity", "ItemKnn", "ImplicitAls")) {
            if (!algorithm.equals(plain)) {
                result.add(with(plain, members, folder, keepJournal, explicit, 0));
            }
        }
        for (int k = 0; k < members.size(); k++) {
            List<String> fewer = new ArrayList<>(members);
            fewer.remove(k);
            result.add(with(algorithm, fewer, folder, keepJournal, explicit, 0));
        }
        result.add(with(algorithm, members, false, false, explicit, 0));
        result.add(with(algorithm, members, folder, false, explicit, 0));
        result.add(with(algorithm, members, folder, keepJournal, false, 0));
        for (int option = 1; option <= 6; option++) {
            result.add(with(algorithm, members, folder, keepJournal, explicit, option));
        }
        result.removeIf(this::equals);
        return result;
    }

    private ApiStart with(
            String name, List<String> others, boolean withFolder, boolean keep, boolean ratings, int option) {
        return new ApiStart(
                name,
                others,
                withFolder,
                keep,
                ratings,
                option == 1 ? 0 : positiveFrom,
                option == 2 ? 0 : sessionWeight,
                option == 3 ? 1 : minGroup,
                option == 4 ? 0 : halfLifeHours,
                option == 5 ? 100_000 : rememberedIds,
                option != 6 && analytics);
    }

    /** Three groups of users and items; everybody has something, and two items have no features. */
    Dataset<String, String> data() {
        SplittableRandom random = new SplittableRandom(3);
        DatasetBuilder<String, String> builder = Dataset.builder();
        builder.feedback(explicit ? Feedback.EXPLICIT : Feedback.IMPLICIT);
        if (explicit) {
            builder.ratings(1, 5);
        } else if (positiveFrom > 0) {
            builder.positiveFrom(positiveFrom);
        }
        for (int user = 0; user < USERS; user++) {
            for (int k = 0; k < 5; k++) {
                int item = random.nextInt(5) == 0 ? random.nextInt(ITEMS) : (random.nextInt(4) * 3 + user % 3) % ITEMS;
                double weight = explicit
                        ? 1 + random.nextInt(5)
                        : List.of(1.0, 5.0, 8.0).get(random.nextInt(3));
                long time = LiveData.START - random.nextInt(20) * 86_400_000L;
                builder.add("u" + user, "i" + item, weight, time);
            }
        }
        for (int item = 0; item < ITEMS - 2; item++) {
            builder.itemCategories("i" + item, FIELD, "g" + item % 3)
                    .itemText("i" + item, "title", "words of group " + item % 3)
                    .itemNumber("i" + item, "price", item)
                    .itemVector("i" + item, "image", new float[] {item % 3, 1, item});
        }
        return builder.build();
    }

    /** Tells whether the model adds up sums event by event, which are made anew when it is read: digits may differ. */
    boolean addsUp() {
        return algorithm.equals("IncrementalMf");
    }

    Algorithm toAlgorithm() {
        Algorithm plain = Algorithm.named(algorithm);
        Map<String, String> options = new LinkedHashMap<>();
        if (plain.options().containsKey("factors")) {
            options.put("factors", "4");
        }
        if (plain.options().containsKey("iterations")) {
            options.put("iterations", "2");
        }
        return plain.with(options);
    }

    LiveBuilder options(LiveData.Clock clock) {
        LiveBuilder options = LiveRecommender.builder()
                .clock(clock)
                .training(Training.defaults().withThreads(1))
                .kind(OWN_KIND, 3)
                .gate(0, 0)
                .sessionWeight(sessionWeight)
                .minGroup(minGroup)
                .rememberedIds(rememberedIds)
                .keepJournal(keepJournal)
                .fsync(Fsync.NONE)
                .versionTimeout(Duration.ofSeconds(20));
        if (halfLifeHours > 0) {
            options.historyHalfLife(Duration.ofHours(halfLifeHours));
        }
        for (String member : members) {
            options.member((OnlineAlgorithm) Algorithm.named(member), 0.5);
        }
        return analytics ? options.analytics(FIELD, reports -> {}) : options;
    }

    LiveRecommender<String, String> begin(Dataset<String, String> data, LiveData.Clock clock, Path path) {
        return folder
                ? options(clock).create(path, data, toAlgorithm())
                : options(clock).start(data, toAlgorithm());
    }
}
