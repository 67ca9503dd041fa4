package org.recommender4j;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.recommender4j.data.IdMap;
import org.recommender4j.model.ModelState;

/**
 * Ids as tensors; indices whose id was removed are listed. Strings are UTF-8 bytes, one after the other, with the offset after each; UUIDs are pairs of longs.
 */
final class IdState {
    private IdState() {}

    static ModelState write(IdMap<?> ids, int count, String what) {
        List<Object> keys = new ArrayList<>();
        List<Integer> holes = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            if (ids.isHole(k)) {
                holes.add(k);
            } else {
                keys.add(ids.key(k));
            }
        }
        ModelState state = write(keys, what);
        return holes.isEmpty()
                ? state
                : state.put("holes", holes.stream().mapToInt(k -> k).toArray());
    }

    private static ModelState write(List<?> keys, String what) {
        int count = keys.size();
        Class<?> type = count == 0 ? String.class : keys.get(0).getClass();
        for (Object key : keys) {
            if (key.getClass() != type) {
                throw new IllegalArgumentException(what + " ids must be of one type to be saved, but there are "
                        + type.getSimpleName() + " and " + key.getClass().getSimpleName());
            }
        }
        ModelState state = new ModelState().put("type", type.getSimpleName());
        if (type == String.class) {
            return strings(state, keys, what);
        } else if (type == Long.class) {
            return state.put(
                    "values", keys.stream().mapToLong(key -> (Long) key).toArray());
        } else if (type == Integer.class) {
            return state.put(
                    "values", keys.stream().mapToInt(key -> (Integer) key).toArray());
        } else if (type == UUID.class) {
            long[] values = new long[2 * count];
            for (int k = 0; k < count; k++) {
                UUID id = (UUID) keys.get(k);
                values[2 * k] = id.getMostSignificantBits();
                values[2 * k + 1] = id.getLeastSignificantBits();
            }
            return state.put("values", values);
        }
        throw new IllegalArgumentException(
                what + " ids of type " + type.getName() + " can't be saved; String, Long, Integer and UUID can");
    }

    private static ModelState strings(ModelState state, List<?> keys, String what) {
        byte[] bytes = new byte[16];
        int[] ends = new int[keys.size()];
        int size = 0;
        for (int k = 0; k < ends.length; k++) {
            byte[] encoded = ((String) keys.get(k)).getBytes(StandardCharsets.UTF_8);
            long needed = (long) size + encoded.length;
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException(what + " ids have more than 2 GiB of text");
            }
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, 2 * needed));
            }
            System.arraycopy(encoded, 0, bytes, size, encoded.length);
            size = (int) needed;
            ends[k] = size;
        }
        return state.put("text", Arrays.copyOf(bytes, size)).put("ends", ends);
    }

    /**
     * Reads ids of the expected type.
     *
     * @throws IllegalArgumentException if the state holds others, repeated ones, or is broken
     */
    static <K> IdMap<K> read(ModelState state, Class<K> type, String what) {
        String stored = state.text("type");
        IdMap<K> ids = IdMap.create();
        int count;
        if (stored.equals("String")) {
            count = state.ints("ends").length;
        } else if (stored.equals("UUID")) {
            count = state.longs("values").length / 2;
        } else {
            count = stored.equals("Long") ? state.longs("values").length : state.ints("values").length;
        }
        if (count > 0 && !stored.equals(type.getSimpleName())) {
            throw new IllegalArgumentException(what + " ids are of type " + stored + ", not " + type.getSimpleName());
        }
        int[] holes = state.has("holes") ? state.ints("holes") : new int[0];
        int hole = 0;
        for (int k = 0; k < count + holes.length; k++) {
            if (hole < holes.length && holes[hole] == k) {
                ids.addHole();
                hole++;
            } else if (k - hole >= count || ids.add(type.cast(key(state, stored, k - hole))) != k) {
                throw new IllegalArgumentException(what + " id number " + k + " occurs twice or is missing");
            }
        }
        return ids;
    }

    private static Object key(ModelState state, String type, int k) {
        return switch (type) {
            case "String" -> string(state.bytes("text"), state.ints("ends"), k);
            case "Long" -> state.longs("values")[k];
            case "Integer" -> state.ints("values")[k];
            case "UUID" -> new UUID(state.longs("values")[2 * k], state.longs("values")[2 * k + 1]);
            default -> throw new IllegalArgumentException("unknown id type '" + type + "'");
        };
    }

    private static String string(byte[] text, int[] ends, int k) {
        int begin = k == 0 ? 0 : ends[k - 1];
        if (begin > ends[k] || ends[k] > text.length) {
            throw new IllegalArgumentException("id number " + k + " lies outside of the text");
        }
        return new String(text, begin, ends[k] - begin, StandardCharsets.UTF_8);
    }
}
