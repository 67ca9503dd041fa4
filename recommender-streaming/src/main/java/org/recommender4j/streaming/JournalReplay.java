package org.recommender4j.streaming;

import org.recommender4j.streaming.journal.Journal;
import org.recommender4j.streaming.journal.JournalFormatException;

/** Applies records of a journal that are not in the state yet. None is left out. */
final class JournalReplay<U, I> {
    private final Writer<U, I> writer;
    private final UserData<U, I> users;
    private final RecordCodec<U, I> codec;
    private boolean wishes;

    JournalReplay(Writer<U, I> writer, UserData<U, I> users, RecordCodec<U, I> codec) {
        this.writer = writer;
        this.users = users;
        this.codec = codec;
    }

    /**
     * Applies what comes after the version that the writer is at, and returns whether somebody wished to be forgotten.
     *
     * @throws JournalFormatException if there is a record that can't be applied
     */
    boolean run(Journal journal, long through) {
        journal.replay(writer.applied(), through, (version, time, payload) -> {
            try {
                apply(version, time, payload);
            } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
                throw JournalFormatException.ofRecord(journal.folder(), version, e);
            }
        });
        return wishes;
    }

    private void apply(long version, long time, byte[] payload) {
        codec.read(payload, time, new RecordCodec.Visitor<>() {
            @Override
            public void event(Event<U, I> event, Effect effect) {
                writer.recover(version, event, effect);
            }

            @Override
            public void fact(I item, ItemFact fact) {
                writer.recover(version, item, fact);
            }

            @Override
            public void forget(U user) {
                wishes = true;
                users.forget(user, version);
            }
        });
    }
}
