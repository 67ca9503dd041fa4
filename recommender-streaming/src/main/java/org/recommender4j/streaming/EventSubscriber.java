package org.recommender4j.streaming;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.recommender4j.streaming.Writer.Queued;

/** Applies the events of a publisher in its thread, and asks for more when it has. */
final class EventSubscriber<U, I> implements Flow.Subscriber<Event<U, I>> {
    private final Writer<U, I> writer;
    private final LiveOptions options;
    private final CompletableFuture<Void> done;
    private Flow.Subscription subscription = new None();
    private long left;

    private static final class None implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    EventSubscriber(Writer<U, I> writer, LiveOptions options, CompletableFuture<Void> done) {
        this.writer = writer;
        this.options = options;
        this.done = done;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (!(subscription instanceof None)) {
            given.cancel();
            return;
        }
        subscription = given;
        left = options.batch;
        given.request(left);
    }

    @Override
    public void onNext(Event<U, I> event) {
        writer.applyAll(List.of(new Queued<>(event, options.ticker.getAsLong(), null)));
        // Half of them at once, so that the publisher need not stop.
        if (--left <= options.batch / 2) {
            long more = options.batch - left;
            left += more;
            subscription.request(more);
        }
    }

    @Override
    public void onError(Throwable failure) {
        done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        done.complete(null);
    }
}
