package org.recommender4j.streaming;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Applies the events of a publisher in its thread, and asks for more when it has. After the first failure, its own or the
 * publisher's, it asks for nothing and takes nothing. Keeps the rules of Reactive Streams: throws nothing but what null deserves.
 */
final class EventSubscriber<U, I> implements Flow.Subscriber<Event<U, I>> {
    private final Writer<U, I> writer;
    private final LiveOptions options;
    private final CompletableFuture<Void> done;
    private Flow.@Nullable Subscription subscription;
    private boolean ended;
    private long left;

    EventSubscriber(Writer<U, I> writer, LiveOptions options, CompletableFuture<Void> done) {
        this.writer = writer;
        this.options = options;
        this.done = Objects.requireNonNull(done, "done");
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        Objects.requireNonNull(given, "subscription");
        if (subscription != null || ended) {
            given.cancel();
            return;
        }
        subscription = given;
        left = options.batch;
        request(given, left);
    }

    @Override
    public void onNext(Event<U, I> event) {
        Objects.requireNonNull(event, "event");
        Flow.Subscription from = subscription;
        if (ended || from == null) {
            // Was on its way when this one cancelled.
            return;
        }
        try {
            writer.applyAll(List.of(new Queued<>(event, options.ticker.getAsLong(), null)));
        } catch (RuntimeException | Error e) {
            fail(from, e);
            return;
        }
        // Half of them at once, so that the publisher need not stop.
        if (--left <= options.batch / 2) {
            long more = options.batch - left;
            left += more;
            request(from, more);
        }
    }

    private void request(Flow.Subscription from, long events) {
        try {
            from.request(events);
        } catch (RuntimeException | Error e) {
            fail(from, e);
        }
    }

    private void fail(Flow.Subscription from, Throwable cause) {
        ended = true;
        try {
            from.cancel();
        } catch (RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
        done.completeExceptionally(cause);
    }

    @Override
    public void onError(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        ended = true;
        done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        ended = true;
        done.complete(null);
    }
}
