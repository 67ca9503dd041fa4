/**
 * All that an application sees. Start with {@link org.recommender4j.data.Dataset}, an {@link
 * org.recommender4j.Algorithm} such as {@code ImplicitAls}, and the {@link org.recommender4j.Recommender} that fitting one
 * to the other gives; {@link org.recommender4j.Request} has the rules of a call.
 *
 * <p>May import {@code data}, {@code model} and {@code io}; knows no algorithm.
 */
@NullMarked
package org.recommender4j;

import org.jspecify.annotations.NullMarked;
