package org.recommender4j.hybrid;

import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;

/**
 * The scores of one model for all items and one profile, normalized: {@code (score - shift) * scale}. An item that the model
 * does not score counts as one with its lowest score.
 */
final class Column {
    private static final int BLOCK = 1024;

    final float[] raw;
    final float shift;
    final float scale;
    private final float lowest;

    private Column(float[] raw, float shift, float scale, float lowest) {
        this.raw = raw;
        this.shift = shift;
        this.scale = scale;
        this.lowest = lowest;
    }

    /** Returns the column, or null if the model has nothing to say about this profile. */
    static @Nullable Column of(Model model, Profile profile, int items, Normalization normalization) {
        return model.answers(profile)
                ? of(model.scorer(profile), model.items(), items, profile.items(), normalization)
                : null;
    }

    /** Returns the model's own scores, for as many items as are asked for. */
    static Scorer padded(Model model, Profile profile, int items) {
        return Scorer.of(fill(model.scorer(profile), model.items(), items));
    }

    static @Nullable Column of(Scorer scorer, int scored, int items, int[] leftOut, Normalization normalization) {
        return normalize(fill(scorer, scored, items), leftOut, normalization);
    }

    private static float[] fill(Scorer scorer, int scored, int items) {
        float[] raw = new float[items];
        float[] block = new float[BLOCK];
        for (int from = 0; from < items; from += BLOCK) {
            int to = Math.min(items, from + BLOCK);
            int known = Math.min(to, Math.max(from, scored));
            if (from < known) {
                scorer.score(from, known, block);
            }
            for (int item = from; item < to; item++) {
                raw[item] = item < known ? block[item - from] : Scorer.UNSCORED;
            }
        }
        return raw;
    }

    private static @Nullable Column normalize(float[] raw, int[] leftOut, Normalization normalization) {
        float[] kept = new float[leftOut.length];
        for (int k = 0; k < leftOut.length; k++) {
            if (leftOut[k] < raw.length) {
                kept[k] = raw[leftOut[k]];
                raw[leftOut[k]] = Scorer.UNSCORED;
            }
        }
        Statistics statistics = new Statistics(raw);
        // Backwards, so that a repeated item gets its score back.
        for (int k = leftOut.length - 1; k >= 0; k--) {
            if (leftOut[k] < raw.length) {
                raw[leftOut[k]] = kept[k];
            }
        }
        if (statistics.count == 0) {
            statistics = new Statistics(raw);
            if (statistics.count == 0) {
                return null;
            }
        }
        return switch (normalization) {
            case Z_SCORE -> new Column(raw, (float) statistics.mean, inverse(statistics.deviation), statistics.min);
            case MIN_MAX ->
                new Column(raw, statistics.min, inverse((double) statistics.max - statistics.min), statistics.min);
            case MAX ->
                new Column(
                        raw, 0f, inverse(Math.max(Math.abs(statistics.max), Math.abs(statistics.min))), statistics.min);
            case NONE -> new Column(raw, 0f, 1f, statistics.min);
        };
    }

    private static float inverse(double spread) {
        float result = (float) (1 / spread);
        return Float.isFinite(result) ? result : 0f;
    }

    boolean scores(int item) {
        return Float.isFinite(raw[item]);
    }

    float normalized(int item) {
        return ((Float.isFinite(raw[item]) ? raw[item] : lowest) - shift) * scale;
    }

    private static final class Statistics {
        int count;
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        final double mean;
        final double deviation;

        Statistics(float[] scores) {
            double sum = 0;
            for (float score : scores) {
                if (Float.isFinite(score)) {
                    count++;
                    sum += score;
                    min = Math.min(min, score);
                    max = Math.max(max, score);
                }
            }
            mean = count == 0 ? 0 : sum / count;
            double squares = 0;
            for (float score : scores) {
                if (Float.isFinite(score)) {
                    squares += (score - mean) * (score - mean);
                }
            }
            deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        }
    }
}
