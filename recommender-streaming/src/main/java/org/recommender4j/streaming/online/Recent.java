package org.recommender4j.streaming.online;

import java.util.Arrays;
import org.recommender4j.data.Profile;

/** The places of a profile's history in the order of their times, oldest first; as they stand when there are no times. */
final class Recent {
    private Recent() {}

    static int[] order(Profile profile) {
        int[] result = new int[profile.size()];
        if (!profile.hasTimes()) {
            Arrays.setAll(result, k -> k);
            return result;
        }
        // Stable: at the same time what stands later is newer.
        long[] keys = new long[result.length];
        Arrays.setAll(keys, profile::time);
        Integer[] places = new Integer[result.length];
        Arrays.setAll(places, k -> k);
        Arrays.sort(places, (a, b) -> Long.compare(keys[a], keys[b]));
        Arrays.setAll(result, k -> places[k]);
        return result;
    }
}
