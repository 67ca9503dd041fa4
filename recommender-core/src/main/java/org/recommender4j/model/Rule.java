package org.recommender4j.model;

/** Why an item may not enter a list, in the order in which the rules are asked. */
public enum Rule {
    /** The request lists its candidates, and the item is none of them. */
    NOT_LISTED,
    /** The request denies the item. */
    DENIED,
    /** The user interacted with the item before. */
    SEEN,
    /** The request's predicate refuses the item. */
    FILTERED,
    /** Better items filled the item's group; counted among the items that were good enough for the list otherwise. */
    GROUP_FULL
}
