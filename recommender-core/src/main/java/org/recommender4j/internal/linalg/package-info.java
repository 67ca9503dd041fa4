/**
 * Dense linear algebra in {@code double} for small matrices, beside the kernels. Not API. Uses the JDK only.
 */
@NullMarked
package org.recommender4j.internal.linalg;

import org.jspecify.annotations.NullMarked;
