package org.recommender4j.factorization;

import java.util.Arrays;
import java.util.List;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/**
 * The vectors of the items, in the order in which a search wants them: long ones first. By the inequality of Cauchy and
 * Schwarz a score is at most the product of the two lengths, so a search ends as soon as what is left can't enter the list, and
 * still returns what a scan of all items would, to the bit.
 *
 * <p>A panel holds 32 items of one segment of 1024; a segment's items are dealt to its panels by length, and the panels of all
 * segments are stored by the length of their longest. That is nearly the order of the whole, while the scores of a range of
 * items still come from the 32 panels of its segment.
 *
 * <p>A second bound is tried after half of the dimensions: the score so far, and the product of the lengths of what remains. It
 * pays where the leading dimensions hold most of the vectors, as after a rotation to the principal axes; a search leaves
 * it out while it does not, for twice as long each time.
 *
 * <p>Memory: {@code 4 d + 12} bytes per item. Immutable; thread-safe. See C. Teflioudi, R. Gemulla, O. Mykytiuk, LEMP: Fast
 * Retrieval of Large Entries in a Matrix Product, SIGMOD 2015, and H. Li, T. N. Chan, M. L. Yiu, N. Mamoulis, FEXIPRO: Fast and
 * Exact Inner Product Retrieval in Recommender Systems, SIGMOD 2017.
 */
final class ItemFactors implements ItemSearch {
    /** A search that asks for blocks of as many items, as {@link TopN} does, scores no item twice. */
    private static final int SEGMENT = 1024;

    private static final int WIDTH = Panels.WIDTH;
    private static final int PANELS = SEGMENT / WIDTH;
    /** How many panels are scanned before the second bound is judged by its success, and how many without it when it first fails. */
    private static final int TRIAL = 64;

    private static final int PAUSE = 512;
    /** Fewer items of a range are scored one by one. */
    private static final int FEW = 16;

    private final int size;
    private final int lead;
    private final Panels panels;
    /** Where the panels of the segments are: number {@code p} of segment {@code s} at {@code 32 s + p}. */
    private final int[] stored;
    /** The place of each item: 32 times its panel, and its lane. */
    private final int[] places;
    /** The item at each place, or -1. */
    private final int[] itemsAt;
    /** For each panel the length of its longest vector, descending. */
    private final float[] lengths;
    /** For each place the length of what remains of the vector after the leading dimensions. */
    private final float[] rests;

    /** Copies vectors; the source is asked twice for each item. */
    ItemFactors(int size, int dimension, RowSource source) {
        Kernels.prepare();
        this.size = size;
        lead = dimension / 2;
        int count = (int) ((size + (long) WIDTH - 1) / WIDTH);
        places = new int[size];
        itemsAt = new int[count * WIDTH];
        lengths = new float[count];
        rests = new float[count * WIDTH];
        float[] row = new float[dimension];
        int[] dealt = deal(source, row);
        stored = storageOrder(dealt, source, row);
        Arrays.fill(itemsAt, -1);
        panels = Panels.zeros(itemsAt.length, dimension);
        for (int k = 0; k < size; k++) {
            int place = stored[k / WIDTH] * WIDTH + k % WIDTH;
            int item = dealt[k];
            places[item] = place;
            itemsAt[place] = item;
            source.copy(item, row, 0);
            panels.setRow(place, row, 0);
            rests[place] = length(row, lead);
        }
    }

    /** Returns the items of each segment, the longest first. */
    private int[] deal(RowSource source, float[] row) {
        int[] dealt = new int[size];
        long[] order = new long[Math.min(size, SEGMENT)];
        for (int from = 0; from < size; from += SEGMENT) {
            int count = Math.min(size - from, SEGMENT);
            for (int k = 0; k < count; k++) {
                source.copy(from + k, row, 0);
                order[k] = descending(length(row, 0), from + k);
            }
            Arrays.sort(order, 0, count);
            for (int k = 0; k < count; k++) {
                dealt[from + k] = (int) order[k];
            }
        }
        return dealt;
    }

    /** Returns where each panel goes, by the length of its first item. */
    private int[] storageOrder(int[] dealt, RowSource source, float[] row) {
        long[] order = new long[lengths.length];
        for (int panel = 0; panel < order.length; panel++) {
            source.copy(dealt[panel * WIDTH], row, 0);
            order[panel] = descending(length(row, 0), panel);
        }
        Arrays.sort(order);
        int[] result = new int[order.length];
        for (int k = 0; k < order.length; k++) {
            result[(int) order[k]] = k;
            lengths[k] = described(order[k]);
        }
        return result;
    }

    /** Returns a key of a length and an index; of two keys the smaller one has the longer length. */
    static long descending(float length, int index) {
        return (long) (Integer.MAX_VALUE - Float.floatToIntBits(length)) << 32 | index;
    }

    /** Returns the length of a key. */
    static float described(long key) {
        return Float.intBitsToFloat(Integer.MAX_VALUE - (int) (key >>> 32));
    }

    /** The length of a vector from a dimension on; infinite if it is not a finite number. */
    static float length(float[] row, int from) {
        double square = 0;
        for (int k = from; k < row.length; k++) {
            square += (double) row[k] * row[k];
        }
        return square < Double.POSITIVE_INFINITY ? (float) Math.sqrt(square) : Float.POSITIVE_INFINITY;
    }

    int size() {
        return size;
    }

    int dimension() {
        return panels.dimension();
    }

    /** Copies the vector of an item. */
    void row(int item, float[] out, int offset) {
        panels.row(places[item], out, offset);
    }

    /** Returns a search over the same items by rounded vectors. */
    QuantizedSearch quantized() {
        return new QuantizedSearch(this, panels);
    }

    /** Returns the score of a vector with an item. */
    float score(float[] vector, int item) {
        return panels.dot(vector, 0, places[item]);
    }

    /** Tells whether the rules of a list leave so few items that these should be scored one by one. */
    boolean hasFewCandidates(TopN top) {
        return top.eligibility().isListed() && top.eligibility().eligible() < size / 16;
    }

    /** Returns the scores of a vector with all items. */
    Scorer scorer(float[] vector) {
        return new Scores(vector);
    }

    private final class Scores implements Scorer {
        private final float[] vector;
        private final float[] ofPanel = new float[WIDTH];
        private final float[] ofSegment = new float[SEGMENT];
        private int segment = -1;

        Scores(float[] vector) {
            this.vector = vector;
        }

        @Override
        public float score(int item) {
            return ItemFactors.this.score(vector, item);
        }

        @Override
        public void score(int from, int to, float[] scores) {
            if (to - from < FEW) {
                for (int item = from; item < to; item++) {
                    scores[item - from] = score(item);
                }
                return;
            }
            int item = from;
            while (item < to) {
                load(item / SEGMENT);
                int end = Math.min(to, (segment + 1) * SEGMENT);
                System.arraycopy(ofSegment, item % SEGMENT, scores, item - from, end - item);
                item = end;
            }
        }

        private void load(int wanted) {
            if (segment == wanted) {
                return;
            }
            segment = wanted;
            int end = Math.min(stored.length, (wanted + 1) * PANELS);
            for (int k = wanted * PANELS; k < end; k++) {
                int place = stored[k] * WIDTH;
                panels.score(vector, 0, place, place + WIDTH, ofPanel, 0);
                for (int lane = 0; lane < WIDTH && itemsAt[place + lane] >= 0; lane++) {
                    ofSegment[itemsAt[place + lane] % SEGMENT] = ofPanel[lane];
                }
            }
        }
    }

    @Override
    public Retrieval retrieval() {
        return Retrieval.EXACT;
    }

    @Override
    public ItemSearch over(ItemFactors items, int[] changed) {
        return items;
    }

    @Override
    public void addTo(ModelState state) {}

    /** Offers a list all items that can enter it. */
    @Override
    public void search(float[] vector, TopN top) {
        if (hasFewCandidates(top)) {
            top.search(scorer(vector), size);
        } else {
            new Search(vector).run(top);
        }
    }

    /** Offers each list all items that can enter it; the vectors are asked for in order. */
    void search(Vectors vectors, List<TopN> tops) {
        new BatchSearch(this, panels, Math.min(BatchSearch.USERS_AT_ONCE, tops.size())).run(vectors, tops);
    }

    /** Supplies the vectors of the users of a batch. */
    @FunctionalInterface
    interface Vectors {
        /** Returns the vector of the user with a number. */
        float[] of(int user);
    }

    /** Offers the scores of a panel. */
    void offer(TopN top, int panel, float[] scores, int from) {
        int place = panel * WIDTH;
        for (int lane = 0; lane < WIDTH; lane++) {
            int item = itemsAt[place + lane];
            if (scores[from + lane] >= top.threshold() && item >= 0) {
                top.offer(item, scores[from + lane]);
            }
        }
    }

    /**
     * Returns the first panel, up to {@code end}, from which on no score reaches a threshold.
     *
     * @param norm the length of the user's vector
     */
    int reachable(double norm, float threshold, int end) {
        if (!(threshold > 0)) {
            return end;
        }
        int low = 0;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            // As a float, since a score that overflows is infinite.
            if ((float) (norm * lengths[middle] + slack(norm, middle)) < threshold) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** By how much rounding may lift a score, or half of one and its bound, of this panel or a later one above what it is. */
    private double slack(double norm, int panel) {
        int d = dimension();
        return (d + 8) * (0x1p-23 * norm * lengths[panel] + Float.MIN_VALUE);
    }

    /** The search for one list. */
    private final class Search {
        private final float[] vector;
        private final double norm;
        private final float restNorm;
        private final float[] scores = new float[WIDTH];
        private int panel;
        private int end = panels.panelCount();
        private int tried;
        private int left;
        private int unboundedTo;
        private int pause = PAUSE;

        Search(float[] vector) {
            this.vector = vector;
            norm = length(vector, 0);
            // Not zero, as its product with an infinite length must be infinite.
            restNorm = Math.max(Float.MIN_VALUE, length(vector, lead));
            if (norm == Double.POSITIVE_INFINITY || lead == 0) {
                unboundedTo = end;
            }
        }

        void run(TopN top) {
            for (; ; panel++) {
                float threshold = top.threshold();
                end = reachable(norm, threshold, end);
                if (!find(threshold)) {
                    return;
                }
                offer(top, panel, scores, 0);
            }
        }

        /** Goes to the next panel with a score that reaches the threshold, if there is one. */
        private boolean find(float threshold) {
            while (panel < end) {
                int from = panel;
                int to;
                if (Float.isInfinite(threshold) || panel < unboundedTo) {
                    to = Float.isInfinite(threshold) ? end : Math.min(end, unboundedTo);
                    panel = panels.scan(vector, 0, from, to, threshold, scores);
                } else {
                    to = Math.min(end, panel + TRIAL - tried);
                    float least = Math.nextDown((float) (threshold - slack(norm, panel)));
                    long found = panels.scanBounded(vector, lead, from, to, rests, restNorm, least, threshold, scores);
                    panel = (int) found;
                    judge(panel - from + 1, (int) (found >>> 32));
                }
                if (panel < to) {
                    return true;
                }
            }
            return false;
        }

        private void judge(int panelsTried, int panelsLeft) {
            tried += panelsTried;
            left += panelsLeft;
            if (tried >= TRIAL) {
                if (left < TRIAL / 8) {
                    unboundedTo = panel + Math.min(pause, end - panel);
                    pause = Math.min(2 * pause, end);
                } else {
                    pause = PAUSE;
                }
                tried = 0;
                left = 0;
            }
        }
    }
}
