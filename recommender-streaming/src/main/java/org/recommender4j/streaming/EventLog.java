package org.recommender4j.streaming;

/** Where changes are written before they are applied. All but {@link #await} is called under the writer's lock. */
interface EventLog extends AutoCloseable {
    /**
     * Writes an event.
     *
     * @param after the version of the last change
     * @param effect what it does, so that reading it again depends on no option
     * @param time when it happened
     * @return its version, which is larger
     * @throws IllegalArgumentException if it can't be written, because of what it is; so in the other methods
     * @throws RuntimeException if nothing can be written
     */
    long append(long after, Event<?, ?> event, Effect effect, long time);

    /** Writes that something is said of an item. */
    long append(long after, Object item, ItemFact fact);

    /** Writes that a user is to be forgotten. */
    long appendForget(long after, Object user);

    /** Waits until a change is as safe as was asked for. */
    void await(long version);

    @Override
    void close();

    /** Returns a log that keeps nothing. */
    static EventLog none() {
        return new EventLog() {
            @Override
            public long append(long after, Event<?, ?> event, Effect effect, long time) {
                return after + 1;
            }

            @Override
            public long append(long after, Object item, ItemFact fact) {
                return after + 1;
            }

            @Override
            public long appendForget(long after, Object user) {
                return after + 1;
            }

            @Override
            public void await(long version) {}

            @Override
            public void close() {}
        };
    }
}
