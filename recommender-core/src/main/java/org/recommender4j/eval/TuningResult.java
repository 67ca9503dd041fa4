package org.recommender4j.eval;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.recommender4j.Algorithm;
import org.recommender4j.internal.util.Figures;
import org.recommender4j.internal.util.TextTable;

/**
 * What a {@link Tuning} found.
 *
 * @param best the algorithm with the best options found: those of the best trial on the highest rung that was reached
 * @param bestTrial that trial
 * @param trials all trials in the order in which they ran, those of the log included
 * @param isComplete false if the time was up before all trials had run; with a log, running again goes on
 */
public record TuningResult(Algorithm best, Trial bestTrial, List<Trial> trials, boolean isComplete) {
    /**
     * One setting of the options, measured.
     *
     * @param number of the setting, 0 for the algorithm as it was given
     * @param rung 0, or how often the setting was promoted to more of the resource
     * @param options those of the space, and the resource
     * @param value of the metric; NaN if it is undefined or the trial failed
     * @param time how long training and measuring took
     * @param failure what the algorithm said if it refused these options
     */
    public record Trial(
            int number, int rung, Map<String, String> options, double value, Duration time, Optional<String> failure) {}

    /** Returns a table for logs: a line per trial, the best value of the highest rung marked. */
    @Override
    public String toString() {
        TextTable table = new TextTable(List.of("options", "rung", "value", "time", ""));
        for (Trial trial : trials) {
            table.row(List.of(
                    trial.options().isEmpty() ? "as given" : trial.options().toString(),
                    String.valueOf(trial.rung()),
                    trial.failure().orElse(Figures.value(trial.value())),
                    Figures.time(trial.time()),
                    trial.equals(bestTrial) ? "best" : ""));
        }
        return table + "\n" + best.toText();
    }
}
