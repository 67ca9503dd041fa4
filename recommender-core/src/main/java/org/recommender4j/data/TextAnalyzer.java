package org.recommender4j.data;

import java.util.List;

/**
 * Cuts a text into the terms by which texts are compared. Must be deterministic and thread-safe.
 *
 * <p>{@link #standard()} serves most languages; for stemming, stop words or a dictionary, wrap an analyzer of a search library:
 * {@code text -> terms}.
 */
@FunctionalInterface
public interface TextAnalyzer {
    /** Returns the terms of a text in their order, repeated ones too; never null or empty terms. */
    List<String> terms(String text);

    /**
     * Returns the default: words are runs of letters and digits (Unicode, after compatibility composition NFKC), in lower case.
     * Scripts that are written without spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) become overlapping pairs
     * of characters, a single character stays one. No stemming, no stop words: how rare a term is says how much it counts.
     */
    static TextAnalyzer standard() {
        return StandardAnalyzer.INSTANCE;
    }
}
