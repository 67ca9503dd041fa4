package org.recommender4j;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;

/** Synthetic data with a known structure. */
public final class TestData {
    private TestData() {}

    /**
     * Groups of users who like only the items of their own group: user {@code u3-1} is number 1 of group 3, item {@code
     * i3-7} number 7 of group 3. Each user has about 60 % of the group's items; 4 groups of 25 users and 15 items, items
     * with the category "group" and one of three "shelf" values, and times.
     */
    public static Dataset<String, String> blocks() {
        SplittableRandom random = new SplittableRandom(42);
        DatasetBuilder<String, String> builder = Dataset.builder();
        for (int group = 0; group < 4; group++) {
            for (int item = 0; item < 15; item++) {
                builder.itemCategories("i" + group + "-" + item, "group", "g" + group);
                builder.itemCategories("i" + group + "-" + item, "shelf", "s" + item % 3);
                builder.itemText("i" + group + "-" + item, "title", "title of group" + group + " number " + item);
            }
            for (int user = 0; user < 25; user++) {
                for (int item = 0; item < 15; item++) {
                    if (random.nextDouble() < 0.6) {
                        builder.add(
                                "u" + group + "-" + user,
                                "i" + group + "-" + item,
                                1 + random.nextInt(3),
                                1_600_000_000_000L + random.nextInt(1_000_000) * 1000L);
                    }
                }
            }
        }
        builder.addUser("cold user");
        builder.addItem("cold item");
        return builder.build();
    }

    /** The same structure as ratings: 4 to 5 within the group, 1 to 2 for some items of the next group. */
    public static Dataset<String, String> ratedBlocks() {
        SplittableRandom random = new SplittableRandom(43);
        DatasetBuilder<String, String> builder =
                Dataset.<String, String>builder().ratings(1, 5);
        for (int group = 0; group < 4; group++) {
            for (int item = 0; item < 15; item++) {
                builder.itemCategories("i" + group + "-" + item, "group", "g" + group);
            }
            for (int user = 0; user < 25; user++) {
                for (int item = 0; item < 15; item++) {
                    String name = "u" + group + "-" + user;
                    long time = 1_600_000_000_000L + random.nextInt(1_000_000) * 1000L;
                    if (random.nextDouble() < 0.6) {
                        builder.add(name, "i" + group + "-" + item, 4 + random.nextInt(2), time);
                    }
                    if (random.nextDouble() < 0.2) {
                        builder.add(name, "i" + (group + 1) % 4 + "-" + item, 1 + random.nextInt(2), time);
                    }
                }
            }
        }
        return builder.build();
    }

    /** The same structure as events of which only the strong ones are likes: from 5 in the group, 1 to 2 in the next. */
    public static Dataset<String, String> weightedBlocks() {
        SplittableRandom random = new SplittableRandom(44);
        DatasetBuilder<String, String> builder =
                Dataset.<String, String>builder().positiveFrom(5);
        for (int group = 0; group < 4; group++) {
            for (int item = 0; item < 15; item++) {
                builder.itemCategories("i" + group + "-" + item, "group", "g" + group);
            }
            for (int user = 0; user < 25; user++) {
                for (int item = 0; item < 15; item++) {
                    String name = "u" + group + "-" + user;
                    if (random.nextDouble() < 0.6) {
                        builder.add(name, "i" + group + "-" + item, 5 + random.nextInt(3));
                    }
                    if (random.nextDouble() < 0.2) {
                        builder.add(name, "i" + (group + 1) % 4 + "-" + item, 1 + random.nextInt(2));
                    }
                }
            }
        }
        return builder.build();
    }

    /** Zipf-like random data without structure, with hostile corners: empty users, items without users, one huge row. */
    public static Dataset<Integer, Long> random(long seed, int users, int items) {
        SplittableRandom random = new SplittableRandom(seed);
        DatasetBuilder<Integer, Long> builder = Dataset.builder();
        for (int user = 0; user < users; user++) {
            builder.addUser(user);
        }
        for (int item = 0; item < items; item++) {
            builder.addItem((long) item);
        }
        for (int user = 1; user < users; user++) {
            int length = user == 1 ? items : random.nextInt(0, 12);
            for (int k = 0; k < length; k++) {
                long item = user == 1 ? k : (long) (items * Math.pow(random.nextDouble(), 3));
                builder.add(user, item, 1 + random.nextInt(4), random.nextLong(1_000_000_000L));
            }
        }
        return builder.build();
    }

    /** Returns all item ids of a data set. */
    public static <I> List<I> items(Dataset<?, I> data) {
        return new ArrayList<>(data.items().keys());
    }
}
