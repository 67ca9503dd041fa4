package org.recommender4j.factorization;

/** The gradient of a pairwise loss: how strongly a pair of a liked and another item is pulled apart. */
final class PairLoss {
    private static final int LIMIT = 16;
    private static final int STEPS = 64;
    private static final float[] SIGMOID = new float[2 * LIMIT * STEPS + 2];

    static {
        for (int k = 0; k < SIGMOID.length; k++) {
            SIGMOID[k] = (float) (1 / (1 + StrictMath.exp(-((double) k / STEPS - LIMIT))));
        }
    }

    private PairLoss() {}

    /** Returns 1 / (1 + exp(-x)) from a table, with an error below 2e-5: the exponential function takes longer than a step. */
    static float sigmoid(float x) {
        if (!(x > -LIMIT)) {
            return 0f;
        } else if (x >= LIMIT) {
            return 1f;
        }
        float at = (x + LIMIT) * STEPS;
        int k = (int) at;
        float low = SIGMOID[k];
        return low + (at - k) * (SIGMOID[k + 1] - low);
    }

    /**
     * Returns the weight of a violation that took so many draws to find: the logarithm of the rank that it lets one expect.
     *
     * @param others the number of items that could be drawn
     */
    static float warp(int others, int draws) {
        return (float) StrictMath.log(Math.max(1.0, (double) others / draws) + 1);
    }
}
