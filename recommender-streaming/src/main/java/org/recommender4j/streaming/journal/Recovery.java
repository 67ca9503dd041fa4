package org.recommender4j.streaming.journal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What opening a journal found. Bytes that are cut were never acknowledged; versions that are lost may have been, and only opening with
 * {@link JournalBuilder#salvage} gives them up.
 *
 * @param records the number of whole records
 * @param firstVersion the version of the first record, 0 if there is none
 * @param lastVersion the last version ever given to a record that is whole, or was dropped by a compaction or lost; 0 if none was.
 *     After a loss the last one of the old epoch, see {@link Journal}
 * @param snapshotVersion up to which version the records are in a snapshot, see {@link Journal#markSnapshot}
 * @param bytesCut how many bytes were cut off: an unfinished record at the end, or what a loss of power left of records that were
 *     not forced, or what could not be salvaged; 0 after an orderly end
 * @param cutFile the file that was cut, the first one if there are more
 * @param cutAt where in that file
 * @param lost how many versions of records can't be read, as far as is known
 * @param firstLost the first of them, 0 without any
 * @param lastLost the last of them, 0 without any
 */
public record Recovery(
        long records,
        long firstVersion,
        long lastVersion,
        long snapshotVersion,
        long bytesCut,
        Optional<Path> cutFile,
        long cutAt,
        long lost,
        long firstLost,
        long lastLost) {}
