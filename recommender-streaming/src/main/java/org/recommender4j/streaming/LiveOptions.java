package org.recommender4j.streaming;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
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
    Consumer<? super LiveFailure> failures = failure -> {};
    List<LiveSignal> signals = List.of();

    @Nullable
    Reports analytics;

    List<Member> members = List.of();
    boolean replaceMembers;
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
    Noise noise;

    /** Whether it is a look at the past, which must not go on. */
    boolean past;

    Fsync fsync = Fsync.GROUP;
    boolean keepJournal;
    boolean salvage;

    /** Called before each step that changes the files of a folder, but for the journal's; for tests. */
    Runnable folderStep = () -> {};

    /** A model beside the trained one. */
    record Member(OnlineAlgorithm algorithm, double weight) {
        /** The name first, up to a space. */
        @Override
        public String toString() {
            return algorithm.name() + " " + algorithm.options() + " of weight " + weight;
        }
    }

    /** Returns the members in words. */
    List<String> memberTexts() {
        return members.stream().map(Member::toString).toList();
    }

    /**
     * Checks that there are the members that a folder was made with, by name; more and others of their options are fine.
     *
     * @throws IllegalStateException if one is missing and not meant to be
     */
    void checkMembers(List<String> texts) {
        List<String> missing = new ArrayList<>(texts);
        for (Member member : members) {
            Optional<String> same = missing.stream()
                    .filter(text -> text.startsWith(member.algorithm().name() + " "))
                    .findFirst();
            same.ifPresent(missing::remove);
        }
        if (!missing.isEmpty() && !replaceMembers) {
            throw new IllegalStateException("the folder was made with the member "
                    + String.join(" and the member ", missing)
                    + ", which the options lack: add to LiveRecommender.builder() "
                    + missing.stream().map(LiveOptions::call).collect(Collectors.joining())
                    + " before open(...), or .replaceMembers() to go on without");
        }
    }

    /** Returns what to write for a member. */
    private static String call(String text) {
        return ".member(new " + text.substring(0, text.indexOf(' ')) + "(), "
                + text.substring(text.lastIndexOf(' ') + 1) + ")";
    }

    /** What is reported on. */
    record Reports(String field, Consumer<Analytics.Builder> options) {}

    /**
     * Checks that counts that were told with noise are not told as they are from now on, unless that is meant.
     *
     * @throws IllegalStateException if noise is missing
     */
    void checkNoise(boolean released) {
        if (released && noise == null) {
            throw new IllegalStateException(
                    "the counts in the folder are released with noise, which the options lack: add to"
                            + " LiveRecommender.builder() the same .noise(Noise.perRelease(...)) before open(...), or"
                            + " .noise(Noise.none()) to show them as they are");
        }
    }

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
        copy.failures = failures;
        copy.signals = signals;
        copy.analytics = analytics;
        copy.members = members;
        copy.replaceMembers = replaceMembers;
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
        copy.past = past;
        copy.fsync = fsync;
        copy.keepJournal = keepJournal;
        copy.salvage = salvage;
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
