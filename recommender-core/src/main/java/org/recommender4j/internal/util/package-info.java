/** Deterministic parallel loops, text as bytes, checks of arguments, numbers for people, JSON. Not for applications. Uses the JDK only. */
@NullMarked
package org.recommender4j.internal.util;

import org.jspecify.annotations.NullMarked;
