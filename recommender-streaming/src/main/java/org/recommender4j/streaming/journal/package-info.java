/**
 * A journal on disk: what was acknowledged survives a crash. Start with {@link
 * org.recommender4j.streaming.journal.Journal}; {@link org.recommender4j.streaming.journal.Fsync} says what an
 * acknowledgement is worth, {@link org.recommender4j.streaming.journal.Recovery} what was found on opening.
 *
 * <p>Knows bytes, versions and times only, and uses nothing but the JDK. The layout of the files is drawn in {@code
 * SegmentFormat}.
 */
@NullMarked
package org.recommender4j.streaming.journal;

import org.jspecify.annotations.NullMarked;
