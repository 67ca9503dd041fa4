package org.recommender4j;

import java.nio.file.Path;
import java.util.Collection;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * Answers who might like what. All methods work for every algorithm, never return null, and take any id: for an unknown user
 * a fallback answers (the most popular items by default) and the result says so.
 *
 * <p>Thread-safe. A recommender fitted to data is immutable; one that learns from events answers each call from one consistent
 * state.
 *
 * @param <U> type of user ids
 * @param <I> type of item ids
 */
public interface Recommender<U, I> {
    /**
     * Returns the best {@code n} items for a user, without those that the user interacted with already.
     *
     * @throws IllegalArgumentException if {@code n} is negative
     */
    default Recommendations<I> recommend(U user, int n) {
        return recommend(user, request -> request.limit(n));
    }

    /**
     * Recommends to a user by rules, such as
     * {@code recommender.recommend(user, request -> request.limit(10).filter(stock::contains))}.
     *
     * @param rules is given the request of the user, with a limit of 10 and no rules, and returns the one to answer
     */
    default Recommendations<I> recommend(U user, UnaryOperator<Request<U, I>> rules) {
        return recommend(rules.apply(Request.forUser(user)));
    }

    /**
     * Recommends to somebody without an id, who likes some items, by rules; see {@link Request#forHistory(Collection)}.
     *
     * @param history ids of items, oldest first
     * @param rules is given the request of the history, with a limit of 10 and no rules, and returns the one to answer
     */
    default Recommendations<I> recommendFor(Collection<? extends I> history, UnaryOperator<Request<U, I>> rules) {
        return recommend(rules.apply(Request.forHistory(history)));
    }

    /**
     * Recommends to many users, on the threads of the common pool; see {@link #recommendAll(Iterable, int, Executor,
     * BiConsumer)}.
     */
    default void recommendAll(
            Iterable<? extends U> users, int n, BiConsumer<? super U, ? super Recommendations<I>> consumer) {
        recommendAll(users, n, ForkJoinPool.commonPool(), consumer);
    }

    /**
     * Recommends to many users, known or not: to each the list that {@link #recommend(Object, int)} gives, faster, because
     * models score many users together and all processors take part.
     *
     * <p>The lists go to {@code consumer} in the order of the users, one at a time, in the calling thread. A thousand or so
     * are made at a time, so memory does not grow with the number of users, which may come from a stream. An exception of the
     * consumer ends the call and is passed on. Interrupting the calling thread cancels it.
     *
     * @param executor where the threads beside the calling one come from; {@code Runnable::run} for none
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws java.util.concurrent.CancellationException if the calling thread was interrupted, which it then still is
     */
    default void recommendAll(
            Iterable<? extends U> users,
            int n,
            Executor executor,
            BiConsumer<? super U, ? super Recommendations<I>> consumer) {
        for (U user : users) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted while recommending to many users");
            }
            consumer.accept(user, recommend(user, n));
        }
    }

    /** Returns recommendations by the rules of a request. */
    Recommendations<I> recommend(Request<? extends U, ? super I> request);

    /**
     * Returns the score of an item for a user, on the scale of the model that {@link #recommend(Object, int)} asks first, or
     * empty when that model has no answer: the user or the item is unknown, or they have nothing in common.
     */
    OptionalDouble score(U user, I item);

    /** Returns the items most similar to one; by who interacted with both when the model has no notion of its own. */
    default Recommendations<I> similarItems(I item, int n) {
        return similarItems(item, request -> request.limit(n));
    }

    /**
     * Returns items similar to one, by rules.
     *
     * @param rules is given the request for similar items, with a limit of 10 and no rules, and returns the one to answer
     */
    default Recommendations<I> similarItems(I item, UnaryOperator<Request<U, I>> rules) {
        return recommend(rules.apply(Request.similarTo(item)));
    }

    /**
     * Returns the users most likely to want an item, without those who interacted with it already; empty for an unknown item.
     *
     * @throws IllegalArgumentException if {@code n} is negative
     */
    Recommendations<U> audience(I item, int n);

    /** Returns what the score of an item for a user is made of. */
    Explanation<I> explain(U user, I item);

    /**
     * Writes all that is needed to answer the same way elsewhere to one file: model, options, ids, histories, categories. The
     * file is replaced as a whole or not at all.
     *
     * @throws IllegalArgumentException if ids are of a type that can't be stored: String, Long, Integer and UUID can
     * @throws java.io.UncheckedIOException if writing fails
     */
    void save(Path file);

    /**
     * Reads a recommender that {@link #save} wrote.
     *
     * @param users type of the user ids, for example {@code String.class}
     * @param items type of the item ids
     * @throws org.recommender4j.io.ModelFormatException if the file is truncated, altered, or not such a file
     * @throws java.io.UncheckedIOException if reading fails
     */
    static <U, I> Recommender<U, I> load(Path file, Class<U> users, Class<I> items) {
        return ModelRecommender.load(file, users, items);
    }
}
