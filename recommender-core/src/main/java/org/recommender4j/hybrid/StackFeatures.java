package org.recommender4j.hybrid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Features;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.ModelState;

/**
 * What a learned ranker looks at, for one profile and item: each member's score and reciprocal rank, how popular the item is, how
 * long the history is, and for each category field how large a share of the history has the item's values.
 */
final class StackFeatures {
    private static final int RANK_CONSTANT = 20;
    private static final int PER_MEMBER = 2;

    private final int members;
    private final float[] popularity;
    private final List<Interactions> categories;
    private final int[] columnsUsed;

    private StackFeatures(int members, float[] popularity, List<Interactions> categories) {
        this.members = members;
        this.popularity = popularity;
        this.categories = categories;
        columnsUsed = categories.stream().mapToInt(Interactions::usedColumns).toArray();
    }

    static StackFeatures of(int members, Interactions positives, Features itemFeatures) {
        int[] counts = positives.columnLengths();
        float[] popularity = new float[counts.length];
        for (int item = 0; item < counts.length; item++) {
            popularity[item] = (float) StrictMath.log1p(counts[item]);
        }
        List<Interactions> categories = new ArrayList<>();
        for (String field : itemFeatures.categoryFields()) {
            categories.add(itemFeatures.categories(field));
        }
        return new StackFeatures(members, popularity, categories);
    }

    static StackFeatures restore(int members, ModelState state) {
        List<Interactions> categories = new ArrayList<>();
        while (state.has("category/" + categories.size())) {
            categories.add(state.matrix("category/" + categories.size()));
        }
        return new StackFeatures(members, state.finiteFloats("popularity"), categories);
    }

    ModelState state() {
        ModelState state = new ModelState().put("popularity", popularity);
        for (int k = 0; k < categories.size(); k++) {
            state.put("category/" + k, categories.get(k));
        }
        return state;
    }

    int items() {
        return popularity.length;
    }

    int count() {
        return PER_MEMBER * members + 2 + categories.size();
    }

    /** Returns the features of listed items, item by item. */
    float[] of(Profile profile, List<@Nullable Column> columns, int[] items) {
        int count = count();
        float[] result = new float[items.length * count];
        for (int m = 0; m < members; m++) {
            Column column = columns.get(m);
            for (int k = 0; column != null && k < items.length; k++) {
                result[k * count + PER_MEMBER * m] = column.normalized(items[k]);
            }
            if (column != null) {
                reciprocalRanks(column, items, result, count, PER_MEMBER * m + 1);
            }
        }
        int next = PER_MEMBER * members;
        float activity = (float) StrictMath.log1p(profile.size());
        for (int k = 0; k < items.length; k++) {
            result[k * count + next] = popularity[items[k]];
            result[k * count + next + 1] = activity;
        }
        for (int c = 0; c < categories.size(); c++) {
            shares(profile, categories.get(c), columnsUsed[c], items, result, count, next + 2 + c);
        }
        return result;
    }

    /** Ranks among the listed items, which hold each member's best. */
    private static void reciprocalRanks(Column column, int[] items, float[] result, int count, int feature) {
        long[] order = new long[items.length];
        for (int k = 0; k < items.length; k++) {
            int bits = Float.floatToIntBits(-column.normalized(items[k]) + 0f);
            order[k] = ((long) (bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32) | k;
        }
        Arrays.sort(order);
        for (int rank = 0; rank < order.length; rank++) {
            result[(int) order[rank] * count + feature] = 1f / (RANK_CONSTANT + rank);
        }
    }

    private static void shares(
            Profile profile, Interactions values, int columns, int[] items, float[] result, int count, int feature) {
        float[] share = new float[columns];
        for (int k = 0; k < profile.size(); k++) {
            int item = profile.item(k);
            for (int p = begin(values, item); p < end(values, item); p++) {
                share[values.column(p)] += 1f / profile.size();
            }
        }
        for (int k = 0; k < items.length; k++) {
            int begin = begin(values, items[k]);
            int end = end(values, items[k]);
            float sum = 0;
            for (int p = begin; p < end; p++) {
                sum += share[values.column(p)];
            }
            result[k * count + feature] = begin == end ? 0f : sum / (end - begin);
        }
    }

    private static int begin(Interactions values, int item) {
        return item < values.rows() ? values.begin(item) : 0;
    }

    private static int end(Interactions values, int item) {
        return item < values.rows() ? values.end(item) : 0;
    }
}
