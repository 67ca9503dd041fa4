package org.recommender4j.streaming.online;

import java.util.Arrays;

/** The items that occur most with another one, in no order, with the sums of their common weights. Never changed. */
record Neighbors(int[] items, double[] sums) {
    static final Neighbors NONE = new Neighbors(new int[0], new double[0]);

    int size() {
        return items.length;
    }

    int indexOf(int item) {
        for (int k = 0; k < items.length; k++) {
            if (items[k] == item) {
                return k;
            }
        }
        return -1;
    }

    Neighbors with(int place, int item, double sum) {
        boolean appended = place == items.length;
        int[] newItems = appended ? Arrays.copyOf(items, place + 1) : items.clone();
        double[] newSums = appended ? Arrays.copyOf(sums, place + 1) : sums.clone();
        newItems[place] = item;
        newSums[place] = sum;
        return new Neighbors(newItems, newSums);
    }

    Neighbors without(int place) {
        int last = items.length - 1;
        int[] newItems = Arrays.copyOf(items, last);
        double[] newSums = Arrays.copyOf(sums, last);
        if (place < last) {
            newItems[place] = items[last];
            newSums[place] = sums[last];
        }
        return new Neighbors(newItems, newSums);
    }

    Neighbors scaled(double factor) {
        return new Neighbors(items, Arrays.stream(sums).map(sum -> sum * factor).toArray());
    }
}
