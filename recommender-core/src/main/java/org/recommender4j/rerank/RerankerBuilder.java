package org.recommender4j.rerank;

import org.recommender4j.Algorithm;
import org.recommender4j.model.Options;

/**
 * The options that all rerankers have.
 *
 * @param <B> the builder itself
 */
abstract class RerankerBuilder<B extends RerankerBuilder<B>> {
    Member member = Member.ofText("ImplicitAls");
    int depth = 100;

    /** Starts a table of options with the algorithm inside. */
    static <B extends RerankerBuilder<B>> Options<B> table(String name) {
        return Options.<B>of(name)
                .option("algorithm", b -> b.member, (b, member) -> b.member = member, Member::print, Member::parse);
    }

    /** Returns this, as the type that it is. */
    abstract B self();

    /** Returns another builder with the same options. */
    abstract B copy();

    abstract Algorithm build();

    B around(Algorithm algorithm) {
        member = Member.of(algorithm);
        return self();
    }

    /** Sets how many of the best items are reordered, at least 1; default 100. */
    public B depth(int value) {
        depth = Options.inRange("depth", value, 1, Integer.MAX_VALUE);
        return self();
    }
}
