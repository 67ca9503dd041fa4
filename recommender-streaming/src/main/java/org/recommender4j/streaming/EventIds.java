package org.recommender4j.streaming;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.recommender4j.model.ModelState;

/**
 * The ids of the latest events, to know a repeated one: as keyed hashes, since an id may name its user, and must stay
 * known when the user is forgotten, or an event that is sent once more would bring the user back. Whoever has the
 * snapshot has the key, so an id can be tried, but not read. Two ids have the same hash with a probability below 2^-94
 * at the largest number of them.
 *
 * <p>{@link #key} is for any thread, the rest for one at a time. Memory: about 100 bytes per id.
 */
final class EventIds {
    private static final int KEY_LONGS = 2;

    private final int limit;
    private final Map<Key, Boolean> latest;
    private final long[] secret;
    private final Pseudonyms hash;

    /** What is kept of an id. */
    record Key(long high, long low) {}

    /** Remembers nothing yet; a limit of 0 for nothing ever. */
    EventIds(int limit) {
        this(limit, new SecureRandom().longs(KEY_LONGS).toArray());
    }

    private EventIds(int limit, long[] secret) {
        this.limit = limit;
        this.secret = secret;
        hash = hash(secret);
        latest = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
                return size() > limit;
            }
        };
    }

    private static Pseudonyms hash(long[] secret) {
        byte[] key = new byte[KEY_LONGS * Long.BYTES];
        for (int k = 0; k < key.length; k++) {
            key[k] = (byte) (secret[k / Long.BYTES] >> (8 * (k % Long.BYTES)));
        }
        return Pseudonyms.withKey(key);
    }

    /** Returns what is kept of the id of an event, or null if it has none or none are kept. */
    @Nullable
    Key key(Event<?, ?> event) {
        String id = event.idOrNull();
        if (id == null || limit == 0) {
            return null;
        }
        // Not UTF-8, in which ids with halves of surrogate pairs would become the same.
        byte[] chars = new byte[2 * id.length()];
        for (int k = 0; k < id.length(); k++) {
            chars[2 * k] = (byte) (id.charAt(k) >> 8);
            chars[2 * k + 1] = (byte) id.charAt(k);
        }
        byte[] bytes = hash.hash(chars);
        return new Key(read(bytes, 0), read(bytes, Long.BYTES));
    }

    private static long read(byte[] bytes, int from) {
        long result = 0;
        for (int k = 0; k < Long.BYTES; k++) {
            result = (result << 8) | (bytes[from + k] & 0xff);
        }
        return result;
    }

    boolean contains(@Nullable Key key) {
        return key != null && latest.containsKey(key);
    }

    void add(@Nullable Key key) {
        if (key != null) {
            latest.put(key, Boolean.TRUE);
        }
    }

    /** Returns all of it: the secret, then the hashes, oldest first. */
    ModelState state() {
        long[] hashes = new long[2 * latest.size()];
        int n = 0;
        for (Key key : latest.keySet()) {
            hashes[n++] = key.high;
            hashes[n++] = key.low;
        }
        return new ModelState().put("secret", secret).put("hashes", hashes);
    }

    /**
     * Reads a state.
     *
     * @throws IllegalArgumentException if it is broken
     */
    static EventIds restore(ModelState state, int limit) {
        long[] key = state.longs("secret", KEY_LONGS);
        long[] hashes = state.longs("hashes");
        if ((hashes.length & 1) == 1) {
            throw new IllegalArgumentException("the hashes of event ids do not fit together");
        }
        EventIds ids = new EventIds(limit, key);
        for (int k = 0; limit > 0 && k < hashes.length; k += 2) {
            ids.latest.put(new Key(hashes[k], hashes[k + 1]), Boolean.TRUE);
        }
        return ids;
    }
}
