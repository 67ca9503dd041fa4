package org.recommender4j.eval;

import org.recommender4j.data.Features;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.Options;

/**
 * Something to measure about a model's answers. The factory methods name all that there is, with formula and source.
 *
 * <p>Notation: {@code k} is the cutoff, {@code T} the user's test items that count as liked, {@code h_j} is 1 if the item at
 * place {@code j = 1, 2, ...} of the list is in {@code T} and 0 if not. A list may be shorter than k; the missing places are
 * misses. Values are computed in double and averaged over users in the order of their indices, so they don't depend on the
 * number of threads.
 */
public sealed interface Metric permits UserMetric, CatalogueMetric, RatingMetric {
    /** The largest cutoff. */
    int MAX_CUTOFF = 1 << 20;

    /** Returns the name, with the cutoff if there is one: {@code recall@20}. */
    String name();

    /**
     * Recall: {@code sum(h_j, j <= k) / |T|}, called {@code recall@k}. A user with more than k test items can't reach 1.
     *
     * <p>J. Herlocker et al. Evaluating Collaborative Filtering Recommender Systems. TOIS 22(1), 2004.
     *
     * @param k in [1, {@link #MAX_CUTOFF}], as for all cutoffs
     */
    static UserMetric recall(int k) {
        return ListMetrics.of("recall", k, r -> (double) r.hits(k) / r.relevant());
    }

    /**
     * Recall of the test items of a segment alone, with S for the segment: {@code sum(h_j, j <= k, item j in S) / |T and S|},
     * called for example {@code recall@20[tail]}; undefined for a user without a test item there.
     *
     * @param items a segment of items, such as one of {@link Segment#itemsByPopularity}
     */
    static UserMetric recall(int k, Segment items) {
        return ListMetrics.of("recall", k, "[" + items.name() + "]", r -> ListMetrics.recallWithin(r, k, items));
    }

    /**
     * Recall of what fits on the list: {@code sum(h_j, j <= k) / min(k, |T|)}, called {@code capped_recall@k}. The
     * convention of D. Liang et al. Variational Autoencoders for Collaborative Filtering. WWW 2018; never less than {@link
     * #recall}, so figures of the two must not be compared.
     */
    static UserMetric cappedRecall(int k) {
        return ListMetrics.of("capped_recall", k, r -> (double) r.hits(k) / Math.min(k, r.relevant()));
    }

    /**
     * Precision: {@code sum(h_j, j <= k) / k}, called {@code precision@k}. The divisor is k for short lists too.
     *
     * <p>J. Herlocker et al. Evaluating Collaborative Filtering Recommender Systems. TOIS 22(1), 2004.
     */
    static UserMetric precision(int k) {
        return ListMetrics.of("precision", k, r -> (double) r.hits(k) / k);
    }

    /**
     * Hit rate: 1 if any of the first k items is in T, otherwise 0, called {@code hit_rate@k}.
     *
     * <p>M. Deshpande, G. Karypis. Item-Based Top-N Recommendation Algorithms. TOIS 22(1), 2004.
     */
    static UserMetric hitRate(int k) {
        return ListMetrics.of("hit_rate", k, r -> r.hits(k) > 0 ? 1.0 : 0.0);
    }

    /**
     * Normalized discounted cumulative gain with gains of 0 or 1: {@code DCG / IDCG} with {@code DCG = sum(h_j / log2(j + 1),
     * j <= k)} and {@code IDCG = sum(1 / log2(j + 1), j <= min(k, |T|))}, called {@code ndcg@k}.
     *
     * <p>K. Järvelin, J. Kekäläinen. Cumulated Gain-Based Evaluation of IR Techniques. TOIS 20(4), 2002.
     */
    static UserMetric ndcg(int k) {
        return ListMetrics.ndcg("ndcg", k, false);
    }

    /**
     * The same with the test weight (a rating, a count) as the gain: {@code DCG = sum(w_j / log2(j + 1), j <= k)} where
     * {@code w_j} is the weight of the item at place j, 0 for a miss or a negative weight; IDCG sorts T by weight. Called
     * {@code graded_ndcg@k}; undefined for a user without a positive weight. The gain is linear; for the exponential form
     * transform the weights before.
     *
     * <p>K. Järvelin, J. Kekäläinen. Cumulated Gain-Based Evaluation of IR Techniques. TOIS 20(4), 2002.
     */
    static UserMetric gradedNdcg(int k) {
        return ListMetrics.ndcg("graded_ndcg", k, true);
    }

    /**
     * Average precision, whose mean over users is MAP: {@code sum(h_j * P_j, j <= k) / min(k, |T|)} with {@code P_j} the share
     * of hits among the first j items, called {@code map@k}.
     *
     * <p>B. McFee et al. The Million Song Dataset Challenge. WWW Companion 2012.
     */
    static UserMetric map(int k) {
        return ListMetrics.of("map", k, r -> ListMetrics.averagePrecision(r, k));
    }

    /**
     * Reciprocal rank, whose mean over users is MRR: {@code 1 / j} of the first hit among the first k items, 0 without one,
     * called {@code mrr@k}.
     *
     * <p>E. Voorhees. The TREC-8 Question Answering Track Report. 1999.
     */
    static UserMetric mrr(int k) {
        return ListMetrics.of("mrr", k, r -> ListMetrics.reciprocalRank(r, k));
    }

    /**
     * Area under the ROC curve: the share of pairs (an item of T, an eligible item outside of T) in which the first has the
     * larger score; equal scores count half, an item without a score has the lowest. Called {@code auc}; undefined for a user
     * whose eligible items are all in T. Scores every item once more: O(items log |T|) a user.
     *
     * <p>S. Rendle et al. BPR: Bayesian Personalized Ranking from Implicit Feedback. UAI 2009.
     */
    static UserMetric auc() {
        return ListMetrics.of("auc", Ranking::auc);
    }

    /**
     * Novelty as self-information: the mean of {@code -log2(n_i / n)} over the first k items of the list, with {@code n_i}
     * of the {@code n} training users having interacted with item i; an item of nobody counts as one of a single user. In
     * bits, larger is less popular; called {@code novelty@k}; undefined for an empty list.
     *
     * <p>T. Zhou et al. Solving the Apparent Diversity-Accuracy Dilemma of Recommender Systems. PNAS 107(10), 2010.
     */
    static UserMetric novelty(int k) {
        return ListMetrics.of("novelty", k, r -> ListMetrics.selfInformation(r, k));
    }

    /**
     * Intra-list diversity by who interacted: {@code 2 / (n (n - 1)) * sum(1 - s_ab, a < b <= n)} over the first k items, n of
     * them, where {@code s_ab} is the number of training users of both items over the root of the product of the numbers of
     * either, called {@code diversity@k}; undefined for less than two items. Larger is more diverse. Time O(k^2 users of an
     * item) a list, which for popular items is much; {@link #diversity(int, Features, String)} is cheaper.
     *
     * <p>C.-N. Ziegler et al. Improving Recommendation Lists through Topic Diversification. WWW 2005 (with the distance in place
     * of the similarity).
     */
    static UserMetric diversity(int k) {
        return ListMetrics.of(
                "diversity",
                k,
                r -> BeyondAccuracy.diversity(r, k, (a, b) -> BeyondAccuracy.commonUsers(r.trainUsers(), a, b)));
    }

    /**
     * Intra-list diversity by categories: as {@link #diversity(int)} with {@code s_ab} the cosine of the two items' category
     * weights, 0 if one has none; called for example {@code genre_diversity@k}.
     *
     * @param items the features of the items
     * @param field a category field of theirs
     */
    static UserMetric diversity(int k, Features items, String field) {
        Interactions categories = items.categories(field);
        return ListMetrics.of(
                field + "_diversity",
                k,
                r -> BeyondAccuracy.diversity(r, k, (a, b) -> BeyondAccuracy.cosine(categories, a, b)));
    }

    /**
     * Serendipity: {@code sum(h_j * u_j, j <= k) / k} where {@code u_j} is 0 if the item at place j is one that everybody would
     * have expected, namely one of the k most popular items that are not in the user's training part, and 1 if not; called
     * {@code serendipity@k}.
     *
     * <p>M. Ge, C. Delgado-Battenfeld, D. Jannach. Beyond Accuracy. RecSys 2010; popularity is the primitive recommender.
     *
     * @param train the training part, whose users are counted; 4 bytes per item are kept
     */
    static UserMetric serendipity(int k, Interactions train) {
        int[] ranks = train.popularityRanks();
        return ListMetrics.of("serendipity", k, r -> BeyondAccuracy.serendipity(r, k, ranks));
    }

    /**
     * Calibration: the Kullback-Leibler divergence {@code sum(p_g * ln(p_g / (0.99 q_g + 0.01 p_g)))} over categories g, where p
     * is the mean category distribution of the user's training items and q that of the first k items of the list; called for
     * example {@code genre_calibration@k}. 0 when the list has the user's mix, at most {@code ln 100}; smaller is better. Items
     * without a category are left out; undefined when that leaves no item on either side.
     *
     * <p>H. Steck. Calibrated Recommendations. RecSys 2018.
     *
     * @param items the features of the items
     * @param field a category field of theirs
     */
    static UserMetric calibration(int k, Features items, String field) {
        Interactions categories = items.categories(field);
        return ListMetrics.of(field + "_calibration", k, r -> BeyondAccuracy.calibration(r, k, categories));
    }

    /**
     * Average popularity of the listed items: the mean of {@code n_i / n} over the first k items of the list, with {@code n_i}
     * of the {@code n} training users having interacted with item i; called {@code popularity@k}; undefined for an empty list.
     *
     * <p>H. Yin et al. Challenging the Long Tail Recommendation. PVLDB 5(9), 2012.
     */
    static UserMetric popularity(int k) {
        return ListMetrics.of("popularity", k, r -> BeyondAccuracy.meanPopularity(r, BeyondAccuracy.first(r, k)));
    }

    /**
     * Popularity bias: by how much the list's average popularity exceeds that of the user's training items, {@code popularity@k
     * / popularity of the history - 1}; called {@code popularity_lift@k}. 0 when the list is as mainstream as the user, 1 when
     * twice as much; undefined for an empty list or history.
     *
     * <p>H. Abdollahpouri et al. The Unfairness of Popularity Bias in Recommendation. RMSE workshop at RecSys 2019, with every
     * user as a group.
     */
    static UserMetric popularityLift(int k) {
        return ListMetrics.of("popularity_lift", k, r -> BeyondAccuracy.popularityLift(r, k));
    }

    /**
     * Catalogue coverage: the share of all items that are among the first k of at least one user's list, called {@code
     * coverage@k}.
     *
     * <p>M. Ge, C. Delgado-Battenfeld, D. Jannach. Beyond Accuracy. RecSys 2010.
     */
    static CatalogueMetric coverage(int k) {
        return new CatalogueMetric("coverage@" + cutoff(k), k, CatalogueMetric::coverageOf);
    }

    /**
     * Gini index of how often each item is among the first k of a list: {@code sum((2 i - n - 1) x_i) / (n sum(x_i))} with
     * the counts of all n items in ascending order, called {@code gini@k}. 0 when all are listed equally often, near 1 when a
     * few take everything; undefined when all lists are empty.
     *
     * <p>D. Fleder, K. Hosanagar. Blockbuster Culture's Next Rise or Fall. Management Science 55(5), 2009.
     */
    static CatalogueMetric gini(int k) {
        return new CatalogueMetric("gini@" + cutoff(k), k, CatalogueMetric::giniOf);
    }

    /**
     * Root mean squared error of predicted ratings: {@code sqrt(sum((p - r)^2) / count)} over all test ratings, called {@code
     * rmse}.
     *
     * <p>J. Herlocker et al. Evaluating Collaborative Filtering Recommender Systems. TOIS 22(1), 2004.
     */
    static RatingMetric rmse() {
        return new RatingMetric("rmse", error -> error * error, Math::sqrt);
    }

    /**
     * Mean absolute error of predicted ratings: {@code sum(|p - r|) / count} over all test ratings, called {@code mae}.
     *
     * <p>J. Herlocker et al. Evaluating Collaborative Filtering Recommender Systems. TOIS 22(1), 2004.
     */
    static RatingMetric mae() {
        return new RatingMetric("mae", Math::abs, mean -> mean);
    }

    private static int cutoff(int k) {
        return Options.inRange("k", k, 1, MAX_CUTOFF);
    }
}
