package org.recommender4j.streaming.journal;

/** What has happened to a record when it is acknowledged. */
public enum Fsync {
    /** It was forced to the disk by itself: it survives a loss of power. The slowest. */
    EACH,
    /** It was forced to the disk together with all records that waited at that moment: as safe, and faster with many threads. */
    GROUP,
    /** It was handed to the operating system: it survives the end of the process, but not that of the machine. */
    NONE
}
