package org.recommender4j.streaming;

import java.util.Map;
import java.util.Objects;

/** Begins what the options want to be done from time to time. */
final class Schedule {
    private final LiveOptions options;
    private final Background background;
    private final Background.Task refits;

    Schedule(LiveOptions options, Background background, Background.Task refits) {
        this.options = options;
        this.background = background;
        this.refits = refits;
    }

    void begin(LiveState<?, ?> state, Writer<?, ?> writer, Runnable refresh, Runnable release) {
        if (options.refitEvery > 0) {
            background.every(options.refitEvery, refits);
        }
        if (options.refreshEvery > 0) {
            background.every(options.refreshEvery, new Background.Task("item refresh", refresh));
        }
        if (state.hidesCounts() && !options.past) {
            long period = Objects.requireNonNull(options.noise).millis();
            long since = options.clock.millis()
                    - Objects.requireNonNull(state.released).time();
            background.every(
                    Math.max(0, Math.min(period, period - since)), period, new Background.Task("release", release));
        }
        if (options.refitAfterEvents > 0) {
            writer.whenApplied(options.refitAfterEvents, () -> background.soon(refits));
        }
        if (options.driftWindow > 0) {
            writer.exclusively(() -> options.add(new DriftTrigger(
                    options.driftWindow,
                    options.driftThreshold,
                    () -> writer.generation().number,
                    options.driftSinceTraining
                            ? state.snapshot(writer.applied()).latestItems(options.driftWindow)
                            : Map.of(),
                    () -> state.afterwards.add(() -> background.soon(refits)))));
        }
    }
}
