package org.recommender4j.streaming.analytics;

/**
 * Demand against supply in a category: guidance for those who make or buy content.
 *
 * @param <C> type of categories
 * @param category which one
 * @param users how many different users are interested
 * @param items how many items there are
 * @param demandShare the category's share of all events of late
 * @param supplyShare its share of all items
 * @param gap the first over the second: above 1, people want more than there is; infinite without items
 * @param completion which part of its items is watched on average; NaN without watches, or if too few users watched: a
 *     low one says that what there is does not satisfy
 */
public record ContentGap<C>(
        C category, long users, long items, double demandShare, double supplyShare, double gap, double completion) {}
