package org.recommender4j.factorization;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/** Learns from pairs of items by gradient steps, the same on any number of threads. Used for one training. */
final class BprTrainer {
    /*
     * Users and items are cut into parts. In a round each part of the users is paired with another part of the items, and both
     * items of a step come from that part: rounds run in parallel without sharing a row, and a part of the items fits into the
     * cache. Since items of different parts are never compared, the parts of the items are drawn anew in each iteration.
     */
    private static final int MAX_PARTS = 16;
    private static final int MIN_ROWS = 32;
    private static final int INIT_ROWS = 1024;

    private final int d;
    private final int stride;
    private final BprOptions options;
    private final boolean biased;
    private final Interactions positives;
    private final Seen seen;
    private final Training training;
    private final float[] users;
    private final float[] items;
    private final float[] biases;
    private final int[] partUsers;
    private final int parts;
    private final int[] userBegins;
    private final int[] regions;
    private final int[] shuffled;
    private final int[] itemBegins;
    private final byte[] itemPart;
    private final int[] sampleUser;
    private final int[] sampleItem;
    private final int[] begins;
    private final double[] losses;

    BprTrainer(Interactions positives, int d, boolean biased, double initScale, BprOptions options, Training training) {
        this.d = d;
        stride = stride(d);
        this.options = options;
        this.biased = biased;
        this.positives = positives;
        seen = Seen.of(positives);
        this.training = training;
        users = new float[positives.rows() * stride];
        items = new float[positives.columns() * stride];
        biases = new float[positives.columns()];
        initialize(users, positives.rows(), options.seed(), initScale);
        initialize(items, positives.columns(), ~options.seed(), initScale);
        for (int user = 0; user < positives.rows(); user++) {
            if (positives.length(user) == 0) {
                Arrays.fill(users, user * stride, (user + 1) * stride, 0f);
            }
        }
        SplittableRandom random = new SplittableRandom(options.seed());
        partUsers = shuffled(withEntries(positives), random);
        shuffled = new int[positives.columns()];
        Arrays.setAll(shuffled, item -> item);
        parts = Math.max(1, Math.min(MAX_PARTS, Math.min(partUsers.length, shuffled.length) / MIN_ROWS));
        userBegins = new int[parts + 1];
        regions = new int[parts + 1];
        itemBegins = new int[parts + 1];
        begins = new int[parts * (parts + 1)];
        losses = new double[parts];
        itemPart = new byte[positives.columns()];
        sampleUser = new int[positives.size()];
        sampleItem = new int[positives.size()];
        for (int part = 0; part < parts; part++) {
            userBegins[part + 1] = (int) ((part + 1L) * partUsers.length / parts);
            itemBegins[part + 1] = (int) ((part + 1L) * shuffled.length / parts);
            regions[part + 1] = regions[part];
            for (int k = userBegins[part]; k < userBegins[part + 1]; k++) {
                regions[part + 1] += positives.length(partUsers[k]);
            }
        }
    }

    /** The distance of the rows while training. */
    static int stride(int d) {
        return (d + 15) & -16;
    }

    private void initialize(float[] matrix, int rows, long seed, double initScale) {
        double deviation = initScale / Math.sqrt(d);
        Parallel.forBlocks(
                rows,
                INIT_ROWS,
                training.threads(),
                training.executor(),
                () -> new float[d],
                (block, from, to, normal) -> {
                    for (int row = from; row < to; row++) {
                        Normals.fill(new SplittableRandom(RatingSide.mix(seed, row)), normal, d, deviation);
                        System.arraycopy(normal, 0, matrix, row * stride, d);
                    }
                });
    }

    private static int[] withEntries(Interactions matrix) {
        int[] rows = new int[matrix.rows()];
        int n = 0;
        for (int row = 0; row < rows.length; row++) {
            if (matrix.length(row) > 0) {
                rows[n++] = row;
            }
        }
        return Arrays.copyOf(rows, n);
    }

    private static int[] shuffled(int[] values, SplittableRandom random) {
        for (int k = values.length - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int value = values[k];
            values[k] = values[other];
            values[other] = value;
        }
        return values;
    }

    /**
     * Takes a step for each positive interaction, and returns the mean loss over the steps.
     *
     * @throws ArithmeticException if a number overflows
     */
    double iterate(int iteration, double learningRate) {
        SplittableRandom random = new SplittableRandom(RatingSide.mix(options.seed(), iteration));
        shuffled(shuffled, random);
        for (int part = 0; part < parts; part++) {
            for (int k = itemBegins[part]; k < itemBegins[part + 1]; k++) {
                itemPart[shuffled[k]] = (byte) part;
            }
        }
        Parallel.forBlocks(parts, 1, training.threads(), training.executor(), (part, from, to, none) -> group(part));
        Arrays.fill(losses, 0);
        long[] seeds = new long[parts * parts];
        for (int k = 0; k < seeds.length; k++) {
            seeds[k] = random.nextLong();
        }
        for (int round = 0; round < parts; round++) {
            int offset = round;
            Parallel.forBlocks(
                    parts,
                    1,
                    training.threads(),
                    training.executor(),
                    () -> new float[stride],
                    (part, from, to, old) -> {
                        int itemPart = (part + offset) % parts;
                        Steps steps = new Steps(itemPart, seeds[part * parts + itemPart], (float) learningRate, old);
                        int begin = begins[part * (parts + 1) + itemPart];
                        int end = begins[part * (parts + 1) + itemPart + 1];
                        losses[part] += steps.run(begin, end);
                    });
        }
        double sum = 0;
        for (double loss : losses) {
            sum += loss;
        }
        if (!(sum < Double.POSITIVE_INFINITY)) {
            throw new ArithmeticException("the factors overflow");
        }
        return sum / Math.max(1, positives.size());
    }

    /** Sorts the interactions of a part of the users by the part of the item. */
    private void group(int part) {
        int base = part * (parts + 1);
        int[] counts = new int[parts + 1];
        for (int k = userBegins[part]; k < userBegins[part + 1]; k++) {
            for (int p = positives.begin(partUsers[k]); p < positives.end(partUsers[k]); p++) {
                counts[itemPart[positives.column(p)] + 1]++;
            }
        }
        begins[base] = regions[part];
        for (int k = 1; k <= parts; k++) {
            begins[base + k] = begins[base + k - 1] + counts[k];
        }
        int[] next = Arrays.copyOfRange(begins, base, base + parts);
        for (int k = userBegins[part]; k < userBegins[part + 1]; k++) {
            int user = partUsers[k];
            for (int p = positives.begin(user); p < positives.end(user); p++) {
                int item = positives.column(p);
                int to = next[itemPart[item]]++;
                sampleUser[to] = user;
                sampleItem[to] = item;
            }
        }
    }

    /** The steps of one pair of parts. */
    private final class Steps {
        private final int first;
        private final int count;
        private final SplittableRandom random;
        private final float rate;
        private final float keep;
        private final float[] old;

        Steps(int part, long seed, float rate, float[] old) {
            first = itemBegins[part];
            count = itemBegins[part + 1] - first;
            random = new SplittableRandom(seed);
            this.rate = rate;
            keep = 1 - rate * options.regularization();
            this.old = old;
        }

        double run(int begin, int end) {
            double loss = 0;
            for (int p = begin; p < end; p++) {
                loss += options.warp() ? warp(sampleUser[p], sampleItem[p]) : bpr(sampleUser[p], sampleItem[p]);
            }
            return loss;
        }

        private float bpr(int user, int item) {
            int best = -1;
            float highest = Float.NEGATIVE_INFINITY;
            long[] had = seen.row(user);
            boolean isLong = had.length > 0;
            for (int draw = 0; draw < options.negatives(); draw++) {
                int other = shuffled[first + random.nextInt(count)];
                if (isLong && Seen.contains(had, other)) {
                    continue;
                }
                float score = score(user, other);
                if ((score > highest || best < 0) && (isLong || !positives.contains(user, other))) {
                    best = other;
                    highest = score;
                }
            }
            if (best < 0) {
                return 0;
            }
            float difference = score(user, item) - highest;
            float gradient = PairLoss.sigmoid(-difference);
            step(user, item, best, rate * gradient);
            // Not a number when the difference isn't one.
            return gradient + 0f * difference;
        }

        private float warp(int user, int item) {
            float score = score(user, item) - 1;
            long[] had = seen.row(user);
            boolean isLong = had.length > 0;
            for (int draw = 1; draw <= options.negatives(); draw++) {
                int other = shuffled[first + random.nextInt(count)];
                if (isLong && Seen.contains(had, other)) {
                    continue;
                }
                float excess = score(user, other) - score;
                if (excess > 0 && (isLong || !positives.contains(user, other))) {
                    float weight = PairLoss.warp(shuffled.length, draw);
                    step(user, item, other, rate * weight);
                    return excess * weight;
                }
            }
            return 0;
        }

        private float score(int user, int item) {
            return Kernels.dot(users, user * stride, items, item * stride, stride) + biases[item];
        }

        private void step(int user, int item, int other, float size) {
            int u = user * stride;
            int i = item * stride;
            int j = other * stride;
            System.arraycopy(users, u, old, 0, stride);
            Kernels.scale(keep, users, u, users, u, stride);
            Kernels.axpy(size, items, i, users, u, stride);
            Kernels.axpy(-size, items, j, users, u, stride);
            Kernels.scale(keep, items, i, items, i, stride);
            Kernels.axpy(size, old, 0, items, i, stride);
            Kernels.scale(keep, items, j, items, j, stride);
            Kernels.axpy(-size, old, 0, items, j, stride);
            if (options.warp()) {
                limit(users, u);
                limit(items, i);
                limit(items, j);
            }
            if (biased) {
                biases[item] = biases[item] * keep + size;
                biases[other] = biases[other] * keep - size;
            }
        }
    }

    private void limit(float[] matrix, int at) {
        float factor = options.limit(Kernels.dot(matrix, at, matrix, at, stride));
        if (factor != 1f) {
            Kernels.scale(factor, matrix, at, matrix, at, stride);
        }
    }

    /** Returns the users' vectors; with biases the last number is 1. */
    float[] userRows() {
        int n = dimensions();
        float[] rows = new float[positives.rows() * n];
        for (int user = 0; user < positives.rows(); user++) {
            System.arraycopy(users, user * stride, rows, user * n, d);
            if (biased) {
                rows[user * n + d] = 1f;
            }
        }
        return rows;
    }

    /** Writes an item's vector; with biases the last number is its bias. */
    void itemRow(int item, float[] out) {
        System.arraycopy(items, item * stride, out, 0, d);
        if (biased) {
            out[d] = biases[item];
        }
    }

    int dimensions() {
        return biased ? d + 1 : d;
    }
}
