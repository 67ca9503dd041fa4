package org.recommender4j.streaming;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.factorization.ImplicitAls;

/** Synthetic data and a clock that stands still unless it is told to go on. */
final class LiveData {
    static final long START = 1_700_000_000_000L;

    private LiveData() {}

    /** Three groups of 20 users who like 60 % of the 12 items of their group: {@code u1-3} and {@code i1-7}. */
    static Dataset<String, String> groups() {
        return builder().build();
    }

    static DatasetBuilder<String, String> builder() {
        SplittableRandom random = new SplittableRandom(1);
        DatasetBuilder<String, String> builder = Dataset.builder();
        for (int group = 0; group < 3; group++) {
            for (int item = 0; item < 12; item++) {
                builder.itemCategories("i" + group + "-" + item, "group", "g" + group);
            }
            for (int user = 0; user < 20; user++) {
                for (int item = 0; item < 12; item++) {
                    if (random.nextDouble() < 0.6) {
                        long time = START - random.nextInt(86_400_000);
                        builder.add("u" + group + "-" + user, "i" + group + "-" + item, 1, time);
                    }
                }
            }
        }
        return builder;
    }

    static ImplicitAls als() {
        return ImplicitAls.builder().factors(3).iterations(6).build();
    }

    static LiveBuilder live() {
        return LiveRecommender.builder().clock(new Clock());
    }

    /** A clock in the caller's hands. */
    static final class Clock implements InstantSource {
        final AtomicLong millis = new AtomicLong(START);

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }

        @Override
        public long millis() {
            return millis.get();
        }
    }
}
