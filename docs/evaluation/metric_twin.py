"""An independent computation of the metrics, whose results MetricTwinTest holds the library to.

Needs numpy, scipy and scikit-learn (made with 1.24.2, 1.10.1 and 1.2.1). It shares no code and no formula text with
the library: what those packages have is taken from them (NDCG, ROC AUC, errors, cosine distances, entropy, t-test), the
rest is written down from the papers that the Javadoc of Metric names.

The data: 40 users x 60 items from a linear congruential generator, so that both languages make the same.
"""

import numpy as np
from scipy.spatial.distance import pdist
from scipy.stats import entropy, ttest_rel
from sklearn.metrics import mean_absolute_error, mean_squared_error, ndcg_score, roc_auc_score

USERS, ITEMS, CATEGORIES = 40, 60, 5
state = 12345


def draw(n):
    global state
    state = (state * 1103515245 + 12345) % 2**31
    return (state >> 8) % n


train = np.zeros((USERS, ITEMS))
test = np.zeros((USERS, ITEMS))
score = np.zeros((USERS, ITEMS))
for u in range(USERS):
    for i in range(ITEMS):
        where = draw(100)
        weight = 1 + draw(5)
        if where < 25 - i // 3:
            train[u, i] = weight
        elif where < 35:
            test[u, i] = weight
        score[u, i] = draw(100) + 20 * (test[u, i] > 0)
genre = np.zeros((ITEMS, CATEGORIES))
for i in range(ITEMS):
    genre[i, i % 4] += 1
    if i % 3 == 0:
        genre[i, 4] += 1

liked = test > 0
popularity = (train > 0).sum(axis=0)
by_popularity = sorted(range(ITEMS), key=lambda i: (-popularity[i], i))
K = 10
results = {}
lists = {}


def put(name, user, value):
    results.setdefault(name, {})[user] = value


for u in range(USERS):
    relevant = set(np.flatnonzero(liked[u]))
    if not relevant:
        continue
    unseen = [i for i in range(ITEMS) if train[u, i] == 0]
    top = sorted(unseen, key=lambda i: (-score[u, i], i))[:K]
    lists[u] = top
    hits = np.array([i in relevant for i in top], dtype=float)
    put("recall@10", u, hits.sum() / len(relevant))
    put("capped_recall@10", u, hits.sum() / min(K, len(relevant)))
    put("precision@10", u, hits.mean())
    put("hit_rate@10", u, float(hits.any()))
    # The tie rule is made part of the scores, since scikit-learn would average over ties.
    strict = score[u] - np.arange(ITEMS) * 1e-6
    put("ndcg@10", u, ndcg_score([liked[u][unseen].astype(float)], [strict[unseen]], k=K))
    put("graded_ndcg@10", u, ndcg_score([test[u][unseen]], [strict[unseen]], k=K))
    cumulative = np.cumsum(hits) / np.arange(1, K + 1)
    put("map@10", u, (cumulative * hits).sum() / min(K, len(relevant)))
    put("mrr@10", u, (hits / np.arange(1, K + 1)).max())
    put("auc", u, roc_auc_score(liked[u][unseen], score[u][unseen]))
    put("novelty@10", u, np.mean([-np.log2(max(1, popularity[i]) / USERS) for i in top]))
    with np.errstate(invalid="ignore", divide="ignore"):
        users_of = (train[:, top].T > 0).astype(float)
        put("diversity@10", u, np.nan_to_num(pdist(users_of, "cosine"), nan=1.0).mean())
    put("genre_diversity@10", u, pdist(genre[top], "cosine").mean())
    expected = [i for i in by_popularity if train[u, i] == 0][:K]
    put("serendipity@10", u, sum(i in relevant and i not in expected for i in top) / K)
    history = np.flatnonzero(train[u])
    if len(history):
        rows = genre / genre.sum(axis=1, keepdims=True)
        p, q = rows[history].mean(axis=0), rows[top].mean(axis=0)
        put("genre_calibration@10", u, entropy(p, 0.99 * q + 0.01 * p))
        lift = popularity[top].mean() / popularity[history].mean() - 1
        put("popularity_lift@10", u, lift)
    put("popularity@10", u, popularity[top].mean() / USERS)

for name, values in results.items():
    print(f'Map.entry("{name}", {np.mean(list(values.values()))!r}),')

exposure = np.zeros(ITEMS)
for top in lists.values():
    exposure[top] += 1
pairs = np.abs(exposure[:, None] - exposure[None, :]).mean()
print(f'Map.entry("coverage@10", {(exposure > 0).mean()!r}),')
print(f'Map.entry("gini@10", {pairs / 2 / exposure.mean()!r}),')

actual = test[liked]
predicted = np.clip(score[liked] / 16, 1, 5)
print(f'Map.entry("rmse", {mean_squared_error(actual, predicted) ** 0.5!r}),')
print(f'Map.entry("mae", {mean_absolute_error(actual, predicted)!r})')

a = np.array(list(results["ndcg@10"].values()))
b = np.array(list(results["map@10"].values()))
print("users", len(a), "t", ttest_rel(a, b))
