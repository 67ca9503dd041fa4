package org.recommender4j.rerank;

import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;

/** The algorithm inside. A default is given as text and looked up at the first use: the look-up makes all algorithms. */
final class Member {
    private final String text;
    private volatile @Nullable Algorithm algorithm;

    private Member(String text, @Nullable Algorithm algorithm) {
        this.text = text;
        this.algorithm = algorithm;
    }

    static Member ofText(String text) {
        return new Member(text, null);
    }

    static Member of(Algorithm algorithm) {
        return new Member("", algorithm);
    }

    static Member parse(String text) {
        return of(Algorithm.parse(text));
    }

    Algorithm get() {
        Algorithm result = algorithm;
        if (result == null) {
            result = Algorithm.parse(text);
            algorithm = result;
        }
        return result;
    }

    String print() {
        return get().toText();
    }
}
