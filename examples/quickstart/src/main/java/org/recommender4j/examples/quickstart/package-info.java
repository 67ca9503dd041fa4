/** The quickstart program; start at {@link org.recommender4j.examples.quickstart.Quickstart}. */
@NullMarked
package org.recommender4j.examples.quickstart;

import org.jspecify.annotations.NullMarked;
