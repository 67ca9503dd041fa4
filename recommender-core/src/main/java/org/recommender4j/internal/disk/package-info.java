/**
 * Files that are written so that they survive: forced contents, forced names, and no harm from interrupts. Not part of the API.
 *
 * <p>Everything that the library stores goes through here: model files, snapshots and journals.
 */
@NullMarked
package org.recommender4j.internal.disk;

import org.jspecify.annotations.NullMarked;
