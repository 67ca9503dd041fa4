package org.recommender4j.rerank;

import org.recommender4j.data.Profile;
import org.recommender4j.model.ModelState;

/** Takes again and again the item that brings the list's mix of categories and its scores furthest. */
final class Calibration implements Order {
    /** Keeps the divergence finite for a category that the list does not have yet (Steck 2018, section 3). */
    private static final double SMOOTHING = 0.01;

    private final Shares shares;
    private final double strength;

    Calibration(Shares shares, double strength) {
        this.shares = shares;
        this.strength = strength;
    }

    @Override
    public int[] of(Profile profile, int[] items, float[] scores, int wanted) {
        double[] target = target(profile);
        if (target.length == 0) {
            return new int[0];
        }
        double[] list = new double[target.length];
        double total = 0;
        boolean[] taken = new boolean[items.length];
        int[] result = new int[wanted];
        for (int place = 0; place < wanted; place++) {
            int best = -1;
            double bestValue = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < items.length; k++) {
                if (!taken[k]) {
                    boolean counts = shares.count(items[k]) > 0;
                    add(items[k], list, 1);
                    double value = (1 - strength) * scores[k]
                            - strength * divergence(target, list, counts ? total + 1 : total);
                    add(items[k], list, -1);
                    // What is not a number comes last.
                    if (best < 0 || value > bestValue || Double.isNaN(bestValue)) {
                        best = k;
                        bestValue = value;
                    }
                }
            }
            result[place] = best;
            taken[best] = true;
            add(items[best], list, 1);
            total += shares.count(items[best]) > 0 ? 1 : 0;
        }
        return result;
    }

    @Override
    public ModelState state() {
        return new ModelState().put("shares", shares.state());
    }

    /** The shares of the categories in the history; empty if there are none. */
    private double[] target(Profile profile) {
        double[] target = new double[shares.categories()];
        double total = 0;
        for (int k = 0; k < profile.size(); k++) {
            double weight = profile.weight(k);
            if (weight > 0 && shares.count(profile.item(k)) > 0) {
                add(profile.item(k), target, weight);
                total += weight;
            }
        }
        if (total == 0) {
            return new double[0];
        }
        for (int c = 0; c < target.length; c++) {
            target[c] /= total;
        }
        return target;
    }

    private void add(int item, double[] to, double weight) {
        int count = shares.count(item);
        for (int k = 0; k < count; k++) {
            to[shares.category(item, k)] += weight / count;
        }
    }

    static double divergence(double[] target, double[] list, double total) {
        double sum = 0;
        for (int c = 0; c < target.length; c++) {
            if (target[c] > 0) {
                double share = total == 0 ? 0 : Math.max(0, list[c]) / total;
                double smoothed = (1 - SMOOTHING) * share + SMOOTHING * target[c];
                sum += target[c] * StrictMath.log(target[c] / smoothed);
            }
        }
        return sum;
    }
}
