package org.recommender4j.examples.evaluation;

import java.io.PrintStream;
import java.util.Locale;
import org.recommender4j.eval.Comparison;
import org.recommender4j.eval.Comparison.Progress;
import org.recommender4j.eval.Comparison.Stage;

/** Shows how far a comparison is: a bar that stays on its line in a terminal, otherwise a line per algorithm. */
final class ProgressBar implements Comparison.Listener {
    private static final int WIDTH = 30;
    /** How much of an algorithm's part of the bar its training is. */
    private static final double TRAINING = 0.8;

    private final PrintStream out;
    private final boolean isTerminal;
    private int shown;

    ProgressBar(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    @Override
    public void progress(Progress progress) {
        Stage stage = progress.stage();
        boolean finished = stage == Stage.DONE || stage == Stage.FAILED;
        if (!isTerminal) {
            if (finished) {
                out.printf(
                        "%d of %d: %s%s%n",
                        progress.number(),
                        progress.total(),
                        progress.name(),
                        stage == Stage.FAILED ? " refused the data" : "");
            }
            return;
        }
        double part = finished ? 1 : stage == Stage.RECOMMENDING ? TRAINING : TRAINING * trained(progress);
        double share = (progress.number() - 1 + part) / progress.total();
        int filled = (int) Math.round(share * WIDTH);
        String doing = finished ? "" : stage == Stage.FITTING ? ": training" : ": making lists";
        String line = String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %s%s",
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                100 * share,
                progress.name(),
                doing);
        out.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        shown = line.length();
        if (finished && progress.number() == progress.total()) {
            out.println();
        }
        out.flush();
    }

    private static double trained(Progress progress) {
        return progress.iterations() == 0 ? 0 : (double) progress.iteration() / progress.iterations();
    }
}
