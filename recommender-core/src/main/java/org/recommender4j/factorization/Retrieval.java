package org.recommender4j.factorization;

/**
 * How a factor model finds the items with the best scores. What it finds has exact scores in any case.
 *
 * @since 0.1
 */
public enum Retrieval {
    /** The best items, always. The search ends early where the lengths of the vectors allow. */
    EXACT,

    /**
     * Nearly always the best items: a pass over the vectors rounded to seven bits, whose best candidates (four times as many as
     * wanted, at least 100) are scored exactly. Worth it from some 100,000 items on, where an exact search reads much memory and
     * lengths are too even for it to end early, and with vector instructions. Costs {@code d + 4} bytes per item.
     */
    QUANTIZED,

    /**
     * Most of the best items: those of the clusters of near vectors that are likely to hold them, whose number is found for each
     * user and list. How far to look is found out in the training, such that of the ten best items of trained users about 98 in a hundred
     * are found. For catalogues from some 100,000 items on whose vectors have about the same length, where an exact search reads all of
     * them; fewer than 8,192 items are searched exactly. Costs {@code 4 d + 8} bytes per item, {@code 4 d^2} bytes, and a
     * training that takes O(items^1.5 d) longer.
     */
    APPROXIMATE
}
