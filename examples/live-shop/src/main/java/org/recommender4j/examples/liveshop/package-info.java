/** A shop with simulated visitors: recommendations that follow each event. */
@NullMarked
package org.recommender4j.examples.liveshop;

import org.jspecify.annotations.NullMarked;
