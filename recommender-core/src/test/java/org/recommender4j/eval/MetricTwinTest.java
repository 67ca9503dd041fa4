package org.recommender4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Features;
import org.recommender4j.data.FeaturesBuilder;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.model.TrainingData;

/** All metrics against the numbers of another implementation: {@code docs/evaluation/metric_twin.py}. */
class MetricTwinTest {
    private static final int USERS = 40;
    private static final int ITEMS = 60;

    private static final Map<String, Double> TWIN = Map.ofEntries(
            Map.entry("recall@10", 0.31916261727403034),
            Map.entry("capped_recall@10", 0.4049900793650794),
            Map.entry("precision@10", 0.3875),
            Map.entry("hit_rate@10", 1.0),
            Map.entry("ndcg@10", 0.4881030722896077),
            Map.entry("graded_ndcg@10", 0.35828280491775216),
            Map.entry("map@10", 0.32156591710758375),
            Map.entry("mrr@10", 0.9008630952380952),
            Map.entry("auc", 0.6580325424092811),
            Map.entry("novelty@10", 2.862530682203489),
            Map.entry("diversity@10", 0.8391032373276991),
            Map.entry("genre_diversity@10", 0.7492777578368056),
            Map.entry("serendipity@10", 0.2975),
            Map.entry("genre_calibration@10", 0.4911143558461545),
            Map.entry("popularity_lift@10", -0.14500984537574577),
            Map.entry("popularity@10", 0.156),
            Map.entry("coverage@10", 1.0),
            Map.entry("gini@10", 0.16116666666666668),
            Map.entry("rmse", 2.1563399187313546),
            Map.entry("mae", 1.784043659043659));

    private long state = 12345;

    private int draw(int n) {
        state = (state * 1103515245L + 12345L) % (1L << 31);
        return (int) ((state >> 8) % n);
    }

    @Test
    void equalToTheNumbersOfAnotherImplementation() {
        InteractionsBuilder trained = Interactions.builder();
        InteractionsBuilder tested = Interactions.builder();
        float[][] scores = new float[USERS][ITEMS];
        float[][] ratings = new float[USERS][ITEMS];
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                int where = draw(100);
                int weight = 1 + draw(5);
                boolean isTest = false;
                if (where < 25 - item / 3) {
                    trained.add(user, item, weight);
                } else if (where < 35) {
                    tested.add(user, item, weight);
                    isTest = true;
                }
                scores[user][item] = draw(100) + (isTest ? 20 : 0);
                ratings[user][item] = scores[user][item] / 16;
            }
        }
        FeaturesBuilder features = Features.builder();
        for (int item = 0; item < ITEMS; item++) {
            features.category("genre", item, "g" + item % 4, 1);
            if (item % 3 == 0) {
                features.category("genre", item, "third", 1);
            }
        }
        Features items = features.build(ITEMS);
        Interactions train = trained.build(USERS, ITEMS, DuplicatePolicy.FAIL);
        TrainingData data = new TrainingData(train, Feedback.EXPLICIT, 1f, 1f, 5f, items, Features.none());
        Interactions test = tested.build(USERS, ITEMS, DuplicatePolicy.FAIL);
        EvaluationResult lists = Evaluation.builder(data, test)
                .metrics(
                        Metric.recall(10),
                        Metric.cappedRecall(10),
                        Metric.precision(10),
                        Metric.hitRate(10),
                        Metric.ndcg(10),
                        Metric.gradedNdcg(10),
                        Metric.map(10),
                        Metric.mrr(10),
                        Metric.auc(),
                        Metric.novelty(10),
                        Metric.diversity(10),
                        Metric.diversity(10, items, "genre"),
                        Metric.serendipity(10, train),
                        Metric.calibration(10, items, "genre"),
                        Metric.popularity(10),
                        Metric.popularityLift(10),
                        Metric.coverage(10),
                        Metric.gini(10))
                .build()
                .run(new TableModel(scores));
        EvaluationResult errors = Evaluation.builder(data, test)
                .metrics(Metric.rmse(), Metric.mae())
                .build()
                .run(new TableModel(ratings));
        assertThat(lists.means().size() + errors.means().size()).isEqualTo(TWIN.size());
        TWIN.forEach((name, expected) -> {
            double mean = (errors.means().containsKey(name) ? errors : lists).mean(name);
            assertThat(mean).as(name).isCloseTo(expected, within(1e-9));
        });
    }
}
