package org.recommender4j.model;

import java.util.Arrays;

/**
 * Keeps the best n of the items that are offered: larger score first, at equal scores the smaller item index. Owns the
 * rules: what is not eligible never enters, so a list is short only when the catalogue is.
 *
 * <p>A binary heap of primitive longs, each a (score, item) pair in the order of the list; offering an item that cannot enter
 * costs a comparison. Time O(items + n log n log items) for items in random order, memory 8 n bytes and, during a search, a
 * block of 1024 scores. Belongs to one thread.
 */
public final class TopN {
    private static final int BLOCK = 1024;

    private final Eligibility eligibility;
    private final int[] boosted;
    private final float[] factors;
    private final float largestFactor;
    private final long[] heap;
    private int size;
    private float threshold = Scorer.UNSCORED;

    /**
     * Makes an empty list.
     *
     * @param n how many items to keep at most, at least 0
     * @param eligibility which items may enter
     */
    public TopN(int n, Eligibility eligibility) {
        this(n, eligibility, new int[0], new float[0]);
    }

    /**
     * Makes an empty list with boosts. A boosted item's score is multiplied with its factor, or divided by it if negative, so
     * that a factor above 1 is always an advantage; the result stays finite.
     *
     * @param boosted item indices, strictly ascending; kept, not copied
     * @param factors one finite, positive factor per boosted item; kept, not copied
     */
    public TopN(int n, Eligibility eligibility, int[] boosted, float[] factors) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative, but is " + n);
        }
        this.eligibility = eligibility;
        this.boosted = boosted;
        this.factors = factors;
        float largest = 1f;
        for (float factor : factors) {
            largest = Math.max(largest, factor);
        }
        largestFactor = largest;
        heap = new long[Math.min(n, eligibility.eligible())];
        if (heap.length == 0) {
            threshold = Float.POSITIVE_INFINITY;
        }
    }

    /** Returns an empty list of another length by the same rules: eligibility and boosts. */
    public TopN sibling(int n) {
        return new TopN(n, eligibility, boosted, factors);
    }

    /** Tells whether there are boosts, so that the best items by their scores alone need not be the best of this list. */
    public boolean hasBoosts() {
        return boosted.length > 0;
    }

    /** Returns which items may enter. */
    public Eligibility eligibility() {
        return eligibility;
    }

    /** Returns how many items it keeps at most: never more than are eligible. */
    public int capacity() {
        return heap.length;
    }

    /** Returns a score that an item needs at least to enter; an item with exactly this score must still be offered. */
    public float threshold() {
        return threshold;
    }

    /** Offers an item. One that is not eligible, is {@link Scorer#UNSCORED} or has a NaN score does not enter. */
    public void offer(int item, float score) {
        if (score >= threshold && score != Scorer.UNSCORED && eligibility.test(item)) {
            keep(item, boost(item, score));
        }
    }

    /**
     * Offers an item with a score that holds its boost already, as those of a {@link #sibling} do: for who searches first and
     * then decides on the order.
     */
    public void offerBoosted(int item, float score) {
        if (score > Scorer.UNSCORED && eligibility.test(item)) {
            keep(item, score);
        }
    }

    private void keep(int item, float score) {
        long entry = pack(item, score);
        if (size < heap.length) {
            siftUp(entry, size++);
        } else if (size > 0 && entry > heap[0]) {
            siftDown(entry);
        } else {
            return;
        }
        if (size == heap.length) {
            threshold = rawThreshold(unpackScore(heap[0]));
        }
    }

    private float boost(int item, float score) {
        if (boosted.length == 0) {
            return score;
        }
        int k = Arrays.binarySearch(boosted, item);
        if (k < 0 || Float.isInfinite(score)) {
            return score;
        }
        float raised = score >= 0 ? score * factors[k] : score / factors[k];
        return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, raised));
    }

    /** The least raw score that the largest boost could lift to the given one, a little less because of rounding. */
    private float rawThreshold(float kept) {
        if (largestFactor == 1f) {
            return kept;
        }
        return Math.nextDown(Math.nextDown(kept >= 0 ? kept / largestFactor : kept * largestFactor));
    }

    /** Offers all items from 0 to {@code items}, exclusive, or the listed candidates among them, in blocks. */
    public void search(Scorer scorer, int items) {
        float[] scores = new float[BLOCK];
        if (eligibility.isListed()) {
            searchListed(scorer, items, scores);
            return;
        }
        for (int from = 0; from < items; from += BLOCK) {
            int to = Math.min(items, from + BLOCK);
            scorer.score(from, to, scores);
            for (int k = 0; k < to - from; k++) {
                if (scores[k] >= threshold) {
                    offer(from + k, scores[k]);
                }
            }
        }
    }

    private void searchListed(Scorer scorer, int items, float[] scores) {
        int[] candidates = eligibility.candidates();
        int end = Arrays.binarySearch(candidates, items);
        end = end < 0 ? -end - 1 : end;
        for (int from = 0; from < end; from += BLOCK) {
            int count = Math.min(end - from, BLOCK);
            int[] block = Arrays.copyOfRange(candidates, from, from + count);
            scorer.score(block, count, scores);
            for (int k = 0; k < count; k++) {
                offer(block[k], scores[k]);
            }
        }
    }

    /** Returns the number of items kept. */
    public int size() {
        return size;
    }

    /** Returns the kept items, best first; the list stays as it is. */
    public int[] items() {
        long[] sorted = sorted();
        int[] items = new int[size];
        for (int k = 0; k < size; k++) {
            items[k] = ~(int) sorted[size - 1 - k];
        }
        return items;
    }

    /** Returns the scores of the kept items, boosts included, in the order of {@link #items()}. */
    public float[] scores() {
        long[] sorted = sorted();
        float[] scores = new float[size];
        for (int k = 0; k < size; k++) {
            scores[k] = unpackScore(sorted[size - 1 - k]);
        }
        return scores;
    }

    private long[] sorted() {
        long[] sorted = Arrays.copyOf(heap, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private static long pack(int item, float score) {
        int bits = Float.floatToRawIntBits(score + 0f);
        int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return ((long) ordered << 32) | (~item & 0xFFFFFFFFL);
    }

    private static float unpackScore(long entry) {
        int ordered = (int) (entry >> 32);
        return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & Integer.MAX_VALUE));
    }

    private void siftUp(long entry, int hole) {
        int child = hole;
        while (child > 0) {
            int parent = (child - 1) >>> 1;
            if (heap[parent] <= entry) {
                break;
            }
            heap[child] = heap[parent];
            child = parent;
        }
        heap[child] = entry;
    }

    private void siftDown(long entry) {
        int parent = 0;
        for (int child = 1; child < size; child = 2 * parent + 1) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (entry <= heap[child]) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = entry;
    }
}
