package org.recommender4j.factorization;

import java.util.SplittableRandom;

/** Random numbers of other than uniform distributions, the same on every platform. */
final class Normals {
    private Normals() {}

    /** Fills the first n elements with normal numbers of mean 0, by the polar method of Marsaglia. */
    static void fill(SplittableRandom random, float[] out, int n, double deviation) {
        for (int k = 0; k < n; k += 2) {
            double x;
            double y;
            double square;
            do {
                x = 2 * random.nextDouble() - 1;
                y = 2 * random.nextDouble() - 1;
                square = x * x + y * y;
            } while (square >= 1 || square == 0);
            double scale = deviation * Math.sqrt(-2 * StrictMath.log(square) / square);
            out[k] = (float) (x * scale);
            if (k + 1 < n) {
                out[k + 1] = (float) (y * scale);
            }
        }
    }

    /** Returns a normal number of mean 0 and variance 1. */
    static double next(SplittableRandom random) {
        float[] one = new float[1];
        fill(random, one, 1, 1);
        return one[0];
    }

    /** Returns a number of the gamma distribution with scale 1, by G. Marsaglia and W. W. Tsang (2000); shape at least 1. */
    static double gamma(SplittableRandom random, double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = next(random);
            double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
            if (v > 0) {
                double u = random.nextDouble();
                if (u > 0 && StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return d * v;
                }
            }
        }
    }
}
