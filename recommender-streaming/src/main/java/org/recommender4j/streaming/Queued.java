package org.recommender4j.streaming;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An event on its way, with who waits for it. Two of the same event are two. */
final class Queued<U, I> {
    final Event<U, I> event;
    final long queuedAt;
    private final @Nullable CompletableFuture<Long> done;
    private boolean settled;

    /**
     * Makes one.
     *
     * @param queuedAt when it came, in nanoseconds of the ticker
     * @param done told what becomes of it
     */
    Queued(Event<U, I> event, long queuedAt, @Nullable CompletableFuture<Long> done) {
        this.event = event;
        this.queuedAt = queuedAt;
        this.done = done;
    }

    /** Tells whether it is known what became of it; for the thread that applies it. */
    boolean isSettled() {
        return settled;
    }

    void complete(long version) {
        settled = true;
        if (done != null) {
            done.complete(version);
        }
    }

    /** Returns whether somebody was told. */
    boolean fail(Throwable reason) {
        settled = true;
        if (done != null) {
            done.completeExceptionally(reason);
        }
        return done != null;
    }
}
