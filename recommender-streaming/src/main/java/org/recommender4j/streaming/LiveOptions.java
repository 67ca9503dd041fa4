package org.recommender4j.streaming;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.EventKinds;
import org.recommender4j.model.Training;
import org.recommender4j.streaming.analytics.Analytics;
import org.recommender4j.streaming.journal.Fsync;
import org.recommender4j.streaming.online.OnlineAlgorithm;

/** What {@link LiveBuilder} set. Times are in milliseconds. */
final class LiveOptions {
    EventKinds kinds = EventKinds.defaults();
    double historyHalfLife = Double.POSITIVE_INFINITY;
    double popularityHalfLife = 7 * 86_400_000.0;
    long sessionGap = 30 * 60_000L;
    double sessionWeight;
    long maxFuture = 86_400_000L;
    int rememberedIds = 100_000;
    int queueCapacity = 10_000;
    OverflowPolicy overflow = OverflowPolicy.BLOCK;
    int batch = 256;
    Consumer<? super DeadLetter> deadLetters = letter -> {};
    List<LiveSignal> signals = List.of();

    @Nullable
    Reports analytics;

    List<Member> members = List.of();
    InstantSource clock = InstantSource.system();
    LongSupplier ticker = System::nanoTime;
    Training training = Training.defaults();

    @Nullable
    ScheduledExecutorService scheduler;

    long refitEvery;
    long refitAfterEvents;
    int driftWindow;
    double driftThreshold;
    boolean driftSinceTraining;
    long refreshEvery;
    int gateEvents = 1000;
    double gateTolerance = 0.1;
    long versionTimeout = 1000;
    long slowNanos = 10_000_000;
    int minGroup = 1;

    @Nullable
    CountNoise noise;

    Fsync fsync = Fsync.GROUP;
    boolean keepJournal;

    /** Called before each step that changes the files of a folder, but for the journal's; for tests. */
    Runnable folderStep = () -> {};

    /** A model beside the trained one. */
    record Member(OnlineAlgorithm algorithm, double weight) {}

    /** What is reported on. */
    record Reports(String field, Consumer<Analytics.Builder> options) {}

    /** Adds a signal; only inside of the writer's lock once events come. */
    LiveOptions add(LiveSignal signal) {
        signals = Stream.concat(signals.stream(), Stream.of(signal)).toList();
        return this;
    }

    LiveOptions copy() {
        LiveOptions copy = new LiveOptions();
        copy.kinds = kinds;
        copy.historyHalfLife = historyHalfLife;
        copy.popularityHalfLife = popularityHalfLife;
        copy.sessionGap = sessionGap;
        copy.sessionWeight = sessionWeight;
        copy.maxFuture = maxFuture;
        copy.rememberedIds = rememberedIds;
        copy.queueCapacity = queueCapacity;
        copy.overflow = overflow;
        copy.batch = batch;
        copy.deadLetters = deadLetters;
        copy.signals = signals;
        copy.analytics = analytics;
        copy.members = members;
        copy.clock = clock;
        copy.ticker = ticker;
        copy.training = training;
        copy.scheduler = scheduler;
        copy.refitEvery = refitEvery;
        copy.refitAfterEvents = refitAfterEvents;
        copy.driftWindow = driftWindow;
        copy.driftThreshold = driftThreshold;
        copy.driftSinceTraining = driftSinceTraining;
        copy.refreshEvery = refreshEvery;
        copy.gateEvents = gateEvents;
        copy.gateTolerance = gateTolerance;
        copy.versionTimeout = versionTimeout;
        copy.slowNanos = slowNanos;
        copy.minGroup = minGroup;
        copy.noise = noise;
        copy.fsync = fsync;
        copy.keepJournal = keepJournal;
        copy.folderStep = folderStep;
        return copy;
    }

    /** Returns the sum of a weight as of a time and one of another time, as of the later of the two; finite, however large they are. */
    float addDecayed(float weight, long time, float other, long otherTime) {
        double sum = (double) weight + other;
        if (!Double.isInfinite(historyHalfLife)) {
            double half = Math.pow(2, -Math.abs(otherTime - time) / historyHalfLife);
            sum = time < otherTime ? weight * half + other : weight + other * half;
        }
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, sum));
    }
}
