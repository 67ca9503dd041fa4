/**
 * Recommends by what items are, not by who liked them: {@link org.recommender4j.content.ContentBased}. For items that nobody
 * has seen yet and users with a few clicks.
 *
 * <p>Features become numbers in {@link org.recommender4j.model.FeatureMatrix}. May import {@code data}, {@code model} and
 * {@code internal}.
 */
@NullMarked
package org.recommender4j.content;

import org.jspecify.annotations.NullMarked;
