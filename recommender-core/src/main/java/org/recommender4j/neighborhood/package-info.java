/** Neighborhoods. */
@NullMarked
package org.recommender4j.neighborhood;

import org.jspecify.annotations.NullMarked;
