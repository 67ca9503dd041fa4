package org.recommender4j.model;

import java.util.List;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;

/** A model with one score per item, the same for everybody: popularity and the like. Memory: 4 bytes per item. */
public final class ItemScores implements Model {
    private final String name;
    private final String reason;
    private final float[] scores;

    /**
     * Makes a model of given scores.
     *
     * @param name name of the model, shown as the source of a recommendation
     * @param reason what a score means in words, shown in explanations
     * @param scores one per item; kept, not copied
     */
    public ItemScores(String name, String reason, float[] scores) {
        this.name = name;
        this.reason = reason;
        this.scores = scores;
    }

    /** Returns a model that scores an item by the number of users who interacted with it. */
    public static ItemScores ofCounts(Interactions interactions) {
        int[] counts = interactions.columnLengths();
        float[] scores = new float[counts.length];
        for (int item = 0; item < counts.length; item++) {
            scores[item] = counts[item];
        }
        return new ItemScores("Popularity", "interactions", scores);
    }

    /** Returns a model from its {@link #state()}. */
    public static ItemScores restore(String name, ModelState state) {
        return new ItemScores(name, state.text("reason"), state.floats("scores"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int users() {
        return 0;
    }

    @Override
    public int items() {
        return scores.length;
    }

    @Override
    public boolean answers(Profile profile) {
        return true;
    }

    @Override
    public Scorer scorer(Profile profile) {
        return Scorer.of(scores);
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        return List.of(Contribution.of(reason, scores[item]));
    }

    @Override
    public ModelState state() {
        return new ModelState().put("reason", reason).put("scores", scores);
    }
}
