package org.recommender4j.streaming;

import java.time.InstantSource;
import org.recommender4j.streaming.journal.Journal;

/** Writes changes to a journal. */
final class JournalLog implements EventLog {
    private final Journal journal;
    private final InstantSource clock;

    JournalLog(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    private long write(long time, byte[] record) {
        return journal.write(time, record, 0, record.length);
    }

    @Override
    public long append(long after, Event<?, ?> event, Effect effect, long time) {
        return write(time, RecordCodec.event(event, effect));
    }

    @Override
    public long append(long after, Object item, ItemFact fact) {
        return write(clock.millis(), RecordCodec.fact(item, fact));
    }

    @Override
    public long appendForget(long after, Object user) {
        return write(clock.millis(), RecordCodec.forget(user));
    }

    @Override
    public void await(long version) {
        journal.sync(version);
    }

    @Override
    public void close() {
        journal.close();
    }
}
