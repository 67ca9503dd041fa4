package org.recommender4j.streaming.online;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/**
 * The counts of {@link IncrementalItemKnn}.
 *
 * <p>Readers see a list of neighbors per item with the sums c(p, q), and two numbers per item: the left and the right part of
 * the denominator. So an event that changes n(q) changes all similarities of q by writing two numbers. Which items are in a
 * list is decided when a pair is counted; an item that fell out of a list comes back when it is counted again.
 */
final class ItemKnnModel implements OnlineModel {
    private static final int PRUNED = -1;

    private final IncrementalItemKnn options;
    private final Rows<Neighbors> neighbors = new Rows<>();
    /** 1 / n(p)^(1 - asymmetry) and 1 / n(q)^asymmetry. */
    private final Numbers left = new Numbers();

    private final Numbers right = new Numbers();
    private volatile int itemCount;

    /* The rest belongs to the thread that writes. */
    private final PairTable pairs = new PairTable();
    private final Map<Integer, LikedItems> users = new HashMap<>();
    private Numbers sums = new Numbers();
    private int[] usersOfItem = new int[16];
    private Decay decay;
    private long prunedPairs;
    /** What a weight of 1 counts now, so that what is shrunk by keeps pace. */
    private double newestWeight = 1.0;

    private boolean restoring;

    ItemKnnModel(IncrementalItemKnn options) {
        this.options = options;
        decay = Decay.ofDays(options.halfLifeDays);
    }

    @Override
    public void update(int user, int item, float weight, long time) {
        Check.event(user, item, weight, time);
        if (decay.isWorn(time)) {
            rebase(time);
        }
        growTo(item + 1);
        LikedItems liked = users.computeIfAbsent(user, key -> new LikedItems());
        int old = liked.indexOf(item);
        if (old >= 0 && weight > 0 && weight <= liked.weight(old)) {
            return; // The co-rating counts the most that a user did with an item.
        }
        if (old >= 0) {
            takeBack(liked, old);
            liked.remove(old);
        }
        if (weight > 0) {
            liked.add(item, weight, time, options.historySize);
            count(liked, liked.size() - 1);
        }
        if (liked.size() == 0) {
            users.remove(user);
        }
    }

    private void growTo(int items) {
        if (items > usersOfItem.length) {
            usersOfItem = Arrays.copyOf(usersOfItem, items + (items >> 1));
        }
        if (items > itemCount) {
            itemCount = items;
        }
    }

    /** Counts the newest item with those before it. */
    private void count(LikedItems liked, int newest) {
        int item = liked.item(newest);
        double g = decay.weight(liked.time(newest));
        newestWeight = Math.max(newestWeight, g);
        usersOfItem[item]++;
        changeSum(item, g * liked.weight(newest));
        for (int k = liked.firstPartner(newest); k < newest; k++) {
            changePair(item, liked.item(k), g * Math.min(liked.weight(k), liked.weight(newest)), 1);
        }
    }

    private void takeBack(LikedItems liked, int place) {
        int item = liked.item(place);
        double g = decay.weight(liked.time(place));
        usersOfItem[item]--;
        changeSum(item, -g * liked.weight(place));
        for (int k = liked.firstPartner(place); k < liked.size(); k++) {
            if (k != place && liked.arePartners(k, place)) {
                double later = k > place ? decay.weight(liked.time(k)) : g;
                changePair(item, liked.item(k), -later * Math.min(liked.weight(k), liked.weight(place)), -1);
            }
        }
    }

    private void changeSum(int item, double by) {
        double sum = usersOfItem[item] == 0 ? 0.0 : sums.get(item) + by;
        sums.set(item, sum);
        setNorms(item, sum);
    }

    private void setNorms(int item, double sum) {
        double n = sum + options.shrinkage * newestWeight;
        double leftNorm = n <= 0 ? 0.0 : Math.pow(n, options.asymmetry - 1);
        left.set(item, leftNorm);
        right.set(item, n <= 0 ? 0.0 : options.asymmetry == 0.5 ? leftNorm : Math.pow(n, -options.asymmetry));
    }

    private void changePair(int a, int b, double by, int users) {
        long key = PairTable.key(a, b);
        PairTable.Part part = pairs.part(key);
        int place = part.place(key);
        int count = part.count(place);
        if (count == PRUNED) {
            return;
        }
        double sum = count + users <= 0 ? 0.0 : part.sum(place) + by;
        part.set(place, sum, Math.max(0, count + users));
        double least = Math.min(changeNeighbor(a, b, sum), changeNeighbor(b, a, sum));
        if (options.pruning > 0 && !restoring && users > 0 && isHopeless(similarity(a, b, sum), least, count + users)) {
            part.set(place, 0.0, PRUNED);
            prunedPairs++;
            changeNeighbor(a, b, 0.0);
            changeNeighbor(b, a, 0.0);
        }
    }

    private boolean isHopeless(double similarity, double least, int updates) {
        return Math.sqrt(Math.log(1 / options.pruning) / (2.0 * updates)) < least - similarity;
    }

    private double similarity(int from, int to, double sum) {
        return sum * left.get(from) * right.get(to);
    }

    /**
     * Sets the sum of a pair in the list of one of its items, 0 to take it out.
     *
     * @return the least similarity in the list, 0 if it has room
     */
    private double changeNeighbor(int item, int other, double sum) {
        Neighbors old = neighborsOf(item);
        int place = old.indexOf(other);
        int weakest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < old.size(); k++) {
            double strength = old.sums()[k] * right.get(old.items()[k]);
            if (strength < least && k != place) {
                least = strength;
                weakest = k;
            }
        }
        if (sum <= 0.0) {
            if (place >= 0) {
                neighbors.set(item, old.without(place));
            }
            return 0.0;
        }
        if (place >= 0) {
            neighbors.set(item, old.with(place, other, sum));
            least = Math.min(least, sum * right.get(other));
        } else if (old.size() < options.neighbors) {
            neighbors.set(item, old.with(old.size(), other, sum));
            return 0.0;
        } else if (sum * right.get(other) > least) {
            neighbors.set(item, old.with(weakest, other, sum));
        }
        return old.size() < options.neighbors ? 0.0 : least * left.get(item);
    }

    private Neighbors neighborsOf(int item) {
        Neighbors list = neighbors.get(item);
        return list == null ? Neighbors.NONE : list;
    }

    /** Begins a new landmark. A reader meanwhile sees some lists scaled and some not, but the order within a list stays. */
    private void rebase(long time) {
        Decay fresh = decay.withLandmark(time);
        double factor = decay.factorTo(fresh);
        decay = fresh;
        newestWeight = 1.0;
        if (factor == 1.0) {
            return;
        }
        pairs.scale(factor);
        sums = sums.scaled(itemCount, factor);
        for (int item = 0; item < itemCount; item++) {
            neighbors.set(item, neighborsOf(item).scaled(factor));
            setNorms(item, sums.get(item));
        }
    }

    @Override
    public Unlearned forget(int user) {
        LikedItems liked = users.remove(user);
        if (liked == null) {
            return new Unlearned(0, "");
        }
        int removed = liked.size();
        while (liked.size() > 0) {
            takeBack(liked, liked.size() - 1);
            liked.remove(liked.size() - 1);
        }
        return new Unlearned(
                removed,
                prunedPairs == 0
                        ? ""
                        : prunedPairs + " pairs of items were given up before, some perhaps because of this user");
    }

    @Override
    public String name() {
        return "IncrementalItemKnn";
    }

    @Override
    public int users() {
        return 0;
    }

    @Override
    public int items() {
        return itemCount;
    }

    @Override
    public boolean answers(Profile profile) {
        for (int k = 0; k < profile.size(); k++) {
            if (profile.weight(k) > 0 && neighborsOf(profile.item(k)).size() > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Scorer scorer(Profile profile) {
        return scores(profile);
    }

    @Override
    public void topN(Profile profile, TopN top) {
        scores(profile).offerTo(top);
    }

    private interface Sink {
        void accept(int from, int to, float value);
    }

    private ScoreMap scores(Profile profile) {
        ScoreMap map = new ScoreMap();
        forEach(profile, (from, to, value) -> map.add(to, value));
        return map;
    }

    private void forEach(Profile profile, Sink sink) {
        Recent recent = new Recent(profile);
        double weight = 1.0;
        double fade = Math.pow(0.5, 1 / options.recencyHalfLife);
        int taken = 0;
        for (int k = recent.next(); k >= 0 && taken < options.recentItems; k = recent.next()) {
            float liked = profile.weight(k);
            if (liked > 0) {
                addNeighbors(profile.item(k), weight * liked, sink);
                weight *= fade;
                taken++;
            }
        }
    }

    private void addNeighbors(int item, double weight, Sink sink) {
        Neighbors list = neighborsOf(item);
        double factor = weight * left.get(item);
        for (int n = 0; n < list.size(); n++) {
            int other = list.items()[n];
            sink.accept(item, other, ScoreMap.finite(factor * list.sums()[n] * right.get(other)));
        }
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        ScoreMap map = new ScoreMap();
        addNeighbors(item, 1.0, (from, to, value) -> map.add(to, value));
        return Optional.of(map);
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        List<Contribution> result = new ArrayList<>();
        forEach(profile, (from, to, value) -> {
            if (to == item && value != 0f) {
                result.add(Contribution.ofItem(from, value));
            }
        });
        return result;
    }

    @Override
    public ModelState state() {
        return ItemKnnState.write(itemCount, users, neighbors, pairs.keysWithCount(PRUNED));
    }

    static ItemKnnModel restore(IncrementalItemKnn options, ModelState state) {
        ItemKnnModel model = new ItemKnnModel(options);
        model.restoring = true;
        ItemKnnState.read(state, model);
        model.restoring = false;
        return model;
    }

    /** Counts the events of a user that were written by {@link #state}, which are in the order in which they came. */
    void restoreUser(int user, LikedItems liked) {
        users.put(user, liked);
        for (int k = 0; k < liked.size(); k++) {
            if (decay.isWorn(liked.time(k))) {
                rebase(liked.time(k));
            }
            count(liked, k);
        }
    }

    int historySize() {
        return options.historySize;
    }

    void restoreItems(int items) {
        growTo(items);
    }

    void restorePruned(long key) {
        PairTable.Part part = pairs.part(key);
        part.set(part.place(key), 0.0, PRUNED);
        prunedPairs++;
    }

    void restoreList(int item, int[] others) {
        Neighbors list = Neighbors.NONE;
        for (int other : others) {
            long key = PairTable.key(item, other);
            PairTable.Part part = pairs.part(key);
            list = list.with(list.size(), other, part.sum(part.place(key)));
        }
        neighbors.set(item, list);
    }
}
