package org.recommender4j.streaming;

/** Where events are written before they are applied. All but {@link #await} is called under the writer's lock. */
interface EventLog<U, I> {
    /** Writes an event; versions ascend by 1. */
    void append(long version, Event<U, I> event, long time);

    /** Waits until an event is as safe as was asked for. */
    void await(long version);

    /** Returns a log that keeps nothing. */
    static <U, I> EventLog<U, I> none() {
        return new EventLog<>() {
            @Override
            public void append(long version, Event<U, I> event, long time) {}

            @Override
            public void await(long version) {}
        };
    }
}
