package org.recommender4j.streaming.journal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What opening a journal found.
 *
 * @param records the number of whole records
 * @param firstVersion the version of the first record, 0 if there is none
 * @param lastVersion the last version ever given to a record that is whole or was dropped by a compaction, 0 if none was
 * @param snapshotVersion up to which version the records are in a snapshot, see {@link Journal#markSnapshot}
 * @param bytesCut how many bytes of an unfinished record were cut off the end; 0 after an orderly end
 * @param cutFile the file that was cut
 * @param cutAt where in that file
 */
public record Recovery(
        long records,
        long firstVersion,
        long lastVersion,
        long snapshotVersion,
        long bytesCut,
        Optional<Path> cutFile,
        long cutAt) {}
