package org.recommender4j.neighborhood;

/**
 * How two vectors are compared.
 *
 * @param similarity the formula
 * @param common whether norms are taken over the common entries only, the entries being deviations
 * @param ownExponent the power of the size of the vector that is looked at, which divides a product; .5 for a cosine
 * @param otherExponent the same for the vectors that it is compared with
 * @param shrinkage factor {@code n / (n + shrinkage)} for n common entries
 * @param significance factor {@code min(n, significance) / significance}
 */
record Measure(
        Similarity similarity,
        boolean common,
        double ownExponent,
        double otherExponent,
        double shrinkage,
        int significance) {
    /** Tells whether the values of the entries matter, and not only which there are. */
    boolean usesValues() {
        return switch (similarity) {
            case COSINE, PEARSON, ADJUSTED_COSINE, CONDITIONAL_PROBABILITY -> true;
            case JACCARD, LOG_LIKELIHOOD -> false;
        };
    }

    /** Returns what the similarity is multiplied with because of the number of common entries. */
    float trust(int count) {
        double factor = shrinkage == 0 ? 1 : count / (count + shrinkage);
        return (float) (count < significance ? factor * count / significance : factor);
    }
}
