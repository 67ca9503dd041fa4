package org.recommender4j.streaming.explore;

/**
 * Estimates from a log what another policy would have earned per impression, without showing it to anybody.
 *
 * <p>For each logged impression {@link #add} is told the reward, the propensity with which it was shown, and the probability with
 * which the other policy would have shown it in its place (see {@link Explorer#probabilities}). Everything that the other policy
 * shows must have had a chance in the log; otherwise the estimates miss what that earns.
 *
 * <ul>
 *   <li>{@link #ips}: unbiased, with a large error if the policies differ much
 *   <li>{@link #snips}: nearly unbiased, with a smaller error
 *   <li>{@link #doublyRobust}: unbiased, with a small error if rewards can be predicted; biased only if the propensities and the
 *       predictions are both wrong
 * </ul>
 *
 * <p>Time and memory O(1) per impression. Belongs to one thread.
 *
 * <p>Sources: D. Horvitz, D. Thompson 1952; A. Swaminathan, T. Joachims: The Self-Normalized Estimator for Counterfactual
 * Learning, NIPS 2015; M. Dudík, J. Langford, L. Li: Doubly Robust Policy Evaluation and Learning, ICML 2011.
 *
 * @since 0.1
 */
public final class OffPolicy {
    private long n;
    private long predictions;
    private double weightSum;
    private double weightSquares;
    private double rewardSum;
    private double rewardSquares;
    /** Sums of w^2 and w^2 r, for the error of the self-normalized estimate. */
    private double crossed;

    private double robustSum;
    private double robustSquares;

    /** Makes an estimate without impressions. */
    public OffPolicy() {}

    /**
     * An estimate.
     *
     * @param value reward per impression; NaN without impressions
     * @param standardError about two thirds of such estimates are off by less; NaN with fewer than two impressions
     * @param impressions the number of impressions
     * @param effectiveImpressions as many impressions of the other policy itself would tell as much; small is a warning
     */
    public record Estimate(double value, double standardError, long impressions, double effectiveImpressions) {}

    /**
     * Adds an impression.
     *
     * @param reward finite
     * @param propensity with which it was shown, above 0 and at most 1
     * @param probability with which the other policy would have shown it, 0 to 1
     */
    public void add(double reward, double propensity, double probability) {
        if (!Double.isFinite(reward)) {
            throw new IllegalArgumentException("reward must be finite, but is " + reward);
        }
        if (!(propensity > 0 && propensity <= 1)) {
            throw new IllegalArgumentException("propensity must be above 0 and at most 1, but is " + propensity);
        }
        Arguments.probability("probability", probability);
        double weight = probability / propensity;
        n++;
        weightSum += weight;
        weightSquares += weight * weight;
        rewardSum += weight * reward;
        rewardSquares += weight * weight * reward * reward;
        crossed += weight * weight * reward;
    }

    /**
     * Adds an impression with predictions, for {@link #doublyRobust}.
     *
     * @param predicted the reward that a model predicts for what was shown
     * @param predictedForPolicy the mean of its predictions for what the other policy would have shown
     */
    public void add(double reward, double propensity, double probability, double predicted, double predictedForPolicy) {
        if (!Double.isFinite(predicted) || !Double.isFinite(predictedForPolicy)) {
            throw new IllegalArgumentException(
                    "predictions must be finite, but are " + predicted + " and " + predictedForPolicy);
        }
        add(reward, propensity, probability);
        double value = predictedForPolicy + probability / propensity * (reward - predicted);
        predictions++;
        robustSum += value;
        robustSquares += value * value;
    }

    private Estimate mean(double sum, double squares) {
        double value = sum / n;
        double variance = n < 2 ? Double.NaN : Math.max(0, (squares - sum * value) / (n - 1));
        return new Estimate(value, Math.sqrt(variance / n), n, effective());
    }

    private double effective() {
        return weightSquares == 0 ? 0 : weightSum * weightSum / weightSquares;
    }

    /** Returns the estimate by inverse propensity scoring. */
    public Estimate ips() {
        return mean(rewardSum, rewardSquares);
    }

    /** Returns the self-normalized estimate. */
    public Estimate snips() {
        double value = rewardSum / weightSum;
        double squares = rewardSquares - 2 * value * crossed + value * value * weightSquares;
        double error = n < 2 ? Double.NaN : Math.sqrt(Math.max(0, squares)) / weightSum;
        return new Estimate(value, error, n, effective());
    }

    /**
     * Returns the doubly robust estimate.
     *
     * @throws IllegalStateException if impressions were added without predictions
     */
    public Estimate doublyRobust() {
        if (predictions < n) {
            throw new IllegalStateException((n - predictions) + " impressions have no predictions");
        }
        return mean(robustSum, robustSquares);
    }
}
