package org.recommender4j.hybrid;

import java.util.List;

/** Finds the weights of a blend that rank held-out items best: coordinate search on NDCG at 20. */
final class WeightSearch {
    private static final int CUTOFF = 20;
    private static final int ROUNDS = 6;
    private static final float[] STEPS = {0f, 0.25f, 0.5f, 0.7f, 0.85f, 1.2f, 1.4f, 2f, 4f};
    private static final double[] DISCOUNTS = new double[CUTOFF];

    static {
        for (int k = 0; k < CUTOFF; k++) {
            DISCOUNTS[k] = StrictMath.log(2) / StrictMath.log(k + 2.0);
        }
    }

    private final List<Holdout.Candidates> users;

    WeightSearch(List<Holdout.Candidates> users) {
        this.users = users;
    }

    /** Returns weights that are at least as good as the given ones on the held-out items. */
    float[] search(float[] start) {
        float[] weights = start.clone();
        double best = ndcg(weights);
        for (int round = 0; round < ROUNDS; round++) {
            double before = best;
            for (int m = 0; m < weights.length; m++) {
                float old = weights[m];
                float chosen = old;
                float base = old == 0 ? 1f : old;
                for (float step : STEPS) {
                    weights[m] = base * step;
                    double value = anyPositive(weights) ? ndcg(weights) : -1;
                    if (value > best) {
                        best = value;
                        chosen = weights[m];
                    }
                }
                weights[m] = chosen;
            }
            if (best <= before) {
                break;
            }
        }
        return weights;
    }

    private static boolean anyPositive(float[] weights) {
        for (float weight : weights) {
            if (weight > 0) {
                return true;
            }
        }
        return false;
    }

    /** Mean NDCG of the lists by given weights. */
    double ndcg(float[] weights) {
        double sum = 0;
        for (Holdout.Candidates user : users) {
            sum += ndcg(user, weights);
        }
        return users.isEmpty() ? 0 : sum / users.size();
    }

    private static double ndcg(Holdout.Candidates user, float[] weights) {
        int[] items = user.items();
        float[] scores = new float[items.length];
        for (int m = 0; m < weights.length; m++) {
            for (int k = 0; weights[m] != 0 && k < items.length; k++) {
                scores[k] += weights[m] * user.scores()[m][k];
            }
        }
        double gain = 0;
        double ideal = 0;
        for (int k = 0; k < items.length; k++) {
            if (user.relevant()[k]) {
                int rank = 0;
                for (int other = 0; other < items.length; other++) {
                    rank += scores[other] > scores[k] || (scores[other] == scores[k] && other < k) ? 1 : 0;
                }
                gain += rank < CUTOFF ? DISCOUNTS[rank] : 0;
            }
        }
        for (int k = 0; k < Math.min(CUTOFF, user.allRelevant()); k++) {
            ideal += DISCOUNTS[k];
        }
        return gain / ideal;
    }
}
