package org.recommender4j;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import java.util.UUID;
import java.util.function.IntFunction;
import org.recommender4j.data.IdMap;
import org.recommender4j.internal.util.Utf8;
import org.recommender4j.model.ModelState;

/**
 * Ids as tensors; indices whose id was removed are listed. Strings are UTF-8 bytes, one after the other, with the offset after
 * each; UUIDs are pairs of longs.
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
            return state.putTexts(
                    "text", "ends", keys.stream().map(String.class::cast).toList());
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

    /**
     * Reads ids of the expected type.
     *
     * @throws IllegalArgumentException if the state holds others, repeated ones, or is broken
     */
    static <K> IdMap<K> read(ModelState state, Class<K> type, String what) {
        String stored = state.text("type");
        List<?> keys = keys(state, stored);
        if (!keys.isEmpty() && !stored.equals(type.getSimpleName())) {
            throw new IllegalArgumentException(what + " ids are of type " + stored + ", not " + type.getSimpleName());
        }
        int[] holes = state.has("holes") ? state.ints("holes") : new int[0];
        try {
            return IdMap.of(new Ids<>(keys.size(), k -> type.cast(keys.get(k))), holes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " ids: " + e.getMessage(), e);
        }
    }

    private static List<?> keys(ModelState state, String type) {
        return switch (type) {
            case "String" -> state.texts("text", "ends");
            case "Long" -> {
                long[] values = state.longs("values");
                yield new Ids<>(values.length, k -> values[k]);
            }
            case "Integer" -> {
                int[] values = state.ints("values");
                yield new Ids<>(values.length, k -> values[k]);
            }
            case "UUID" -> {
                long[] halves = state.longs("values");
                if (halves.length % 2 != 0) {
                    throw new IllegalArgumentException("a UUID has two halves, but there are " + halves.length);
                }
                yield new Ids<>(halves.length / 2, k -> new UUID(halves[2 * k], halves[2 * k + 1]));
            }
            default -> throw new IllegalArgumentException("unknown id type " + Utf8.shown(type));
        };
    }

    /** Ids made from the arrays of a state when they are asked for. */
    private static final class Ids<K> extends AbstractList<K> implements RandomAccess {
        private final int size;
        private final IntFunction<K> at;

        Ids(int size, IntFunction<K> at) {
            this.size = size;
            this.at = at;
        }

        @Override
        public K get(int index) {
            return at.apply(index);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
