/**
 * Showing what is not known to be best, to learn whether it is: an {@link org.recommender4j.streaming.explore.Explorer} chooses
 * from the candidates of any recommender, learns from what was clicked, and says with which probability it chose. From those
 * probabilities {@link org.recommender4j.streaming.explore.OffPolicy} estimates what another way to choose would have earned.
 *
 * <p>Explorers: {@link org.recommender4j.streaming.explore.EpsilonGreedy}, {@link
 * org.recommender4j.streaming.explore.ThompsonSampling}, {@link org.recommender4j.streaming.explore.LinUcb}. {@link
 * org.recommender4j.streaming.explore.ExplorerFeedback} lets one learn from the events of a live recommender.
 */
@NullMarked
package org.recommender4j.streaming.explore;

import org.jspecify.annotations.NullMarked;
