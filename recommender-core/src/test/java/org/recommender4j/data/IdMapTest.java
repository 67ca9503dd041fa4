package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdMapTest {
    /** A key whose hash codes collide nearly always. */
    private record Clash(int number) {
        @Override
        public int hashCode() {
            return number & 3;
        }
    }

    private enum Color {
        RED,
        GREEN
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind("short strings", k -> "u" + k),
                kind("strings that share their hash code", k -> "Aa".repeat(k % 5) + "BB".repeat(k % 7) + k / 35),
                kind("strings beyond ASCII", k -> "\u00fc\u4e16\ud83d\ude00".substring(k % 2) + k),
                kind("longs", k -> (long) k << 40 | k),
                kind("longs far apart", k -> k * 0x9E3779B97F4A7C15L),
                kind("longs with two like halves", k -> (long) k << 32 | k),
                kind("UUIDs with two like halves", k -> new UUID(k, k)),
                kind("integers", k -> k % 2 == 0 ? -k : k),
                kind("integers that differ in the high bits", k -> k << 20),
                kind("UUIDs", k -> new UUID(k, ~k)),
                kind("UUIDs that differ in one half", k -> new UUID(7, k)),
                kind("any class", Clash::new),
                kind("mixed classes", k -> switch (k % 5) {
                    case 0 -> k;
                    case 1 -> (long) k;
                    case 2 -> String.valueOf(k);
                    case 3 -> new UUID(k, k);
                    default -> new Clash(k);
                }),
                kind("longs, then a string", k -> k < 500 ? (Object) (long) k : "x" + k),
                kind("an empty string among others", k -> k == 3 ? "" : "e" + k));
    }

    private static Arguments kind(String name, IntFunction<Object> key) {
        return Arguments.of(name, key);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void doesWhatHashMapAndListDo(String name, IntFunction<Object> keyOf) {
        for (int distinct : new int[] {1, 2, 11, 12, 13, 100, 1777}) {
            SplittableRandom random = new SplittableRandom(distinct);
            IdMap<Object> map = IdMap.create();
            Map<Object, Integer> indices = new HashMap<>();
            List<Object> keys = new ArrayList<>();
            for (int step = 0; step < 4 * distinct; step++) {
                Object key = keyOf.apply(random.nextInt(distinct));
                Object other = keyOf.apply(random.nextInt(distinct));
                assertThat(map.indexOf(other)).as("%s", other).isEqualTo(indices.getOrDefault(other, -1));
                if (!indices.containsKey(key)) {
                    indices.put(key, keys.size());
                    keys.add(key);
                }
                assertThat(map.add(key)).as("%s", key).isEqualTo(indices.get(key));
                assertThat(map.size()).isEqualTo(keys.size());
            }
            assertThat(map.keys()).isEqualTo(keys);
            for (int k = 0; k < keys.size(); k++) {
                assertThat(map.key(k)).isEqualTo(keys.get(k));
                assertThat(map.indexOf(keys.get(k))).isEqualTo(k);
                assertThat(map.contains(keys.get(k))).isTrue();
            }
        }
    }

    @Test
    void keysOfOtherClassesAreNotFound() {
        IdMap<Object> longs = IdMap.create();
        longs.add(1L);
        assertThat(longs.indexOf(1)).isEqualTo(-1);
        assertThat(longs.indexOf("1")).isEqualTo(-1);
        assertThat(longs.indexOf(null)).isEqualTo(-1);
        assertThat(longs.contains(null)).isFalse();
        assertThat(IdMap.create().indexOf("x")).isEqualTo(-1);
    }

    /** The hash codes of the JDK are all 0 for these; every search would look at every key. */
    @Test
    void numbersWithTwoLikeHalvesDoNotCollide() {
        Set<Integer> longs = new HashSet<>();
        Set<Integer> uuids = new HashSet<>();
        for (int k = 0; k < 10_000; k++) {
            Long number = (long) k << 32 | k;
            UUID uuid = new UUID(k, k);
            longs.add(KeyStore.forKey(number).hash(number));
            uuids.add(KeyStore.forKey(uuid).hash(uuid));
        }
        assertThat(longs).hasSizeGreaterThan(9_990);
        assertThat(uuids).hasSizeGreaterThan(9_990);
    }

    @Test
    void tellsTheClassOfItsKeys() {
        IdMap<Object> map = IdMap.create();
        assertThat(map.keyClass()).isEmpty();
        map.add(Color.RED);
        map.add(Color.GREEN);
        assertThat(map.keyClass()).contains(Color.class);
        map.add("x");
        assertThat(map.keyClass()).isEmpty();
    }

    @Test
    void halfASurrogatePairIsRefusedSinceNoFileCanHoldIt() {
        IdMap<Object> map = IdMap.create();
        map.add("a");
        for (String half : List.of("n\ud83d", "\ude00", "\ud83d\ud83d\ude00", "\ude00\ud83d")) {
            assertThatThrownBy(() -> map.add(half))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("half a surrogate pair")
                    .hasMessageContaining("\\uD");
            assertThat(map.indexOf(half)).isEqualTo(-1);
        }
        assertThat(map.size()).isEqualTo(1);
        assertThat(map.add("\ud83d\ude00")).isEqualTo(1);
    }

    @Test
    void isMadeOfKeysAndHoles() {
        IdMap<String> map = IdMap.of(List.of("a", "b"), new int[] {0, 2, 4});
        assertThat(map.size()).isEqualTo(5);
        assertThat(map.indexOf("a")).isEqualTo(1);
        assertThat(map.indexOf("b")).isEqualTo(3);
        assertThat(map.isHole(0) && map.isHole(2) && map.isHole(4)).isTrue();
        assertThat(map.add("c")).isEqualTo(5);
        assertThatThrownBy(() -> IdMap.of(List.of("a", "a"), new int[0])).hasMessageContaining("index 1 occurs twice");
        for (int[] wrong : new int[][] {{2}, {-1}, {1, 0}, {0, 0}}) {
            assertThatThrownBy(() -> IdMap.of(List.of("a"), wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theKeysAreAnUnmodifiableViewThatGrows() {
        IdMap<String> map = IdMap.create();
        List<String> keys = map.keys();
        map.add("a");
        map.add("b");
        assertThat(keys).containsExactly("a", "b").contains("b").doesNotContain("c");
        assertThat(keys.indexOf("b")).isEqualTo(1);
        assertThat(keys.lastIndexOf("c")).isEqualTo(-1);
        assertThatThrownBy(() -> keys.add("c")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> keys.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void namesBadArguments() {
        IdMap<String> map = IdMap.create();
        map.add("a");
        assertThatThrownBy(() -> map.add(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("key");
        assertThatThrownBy(() -> map.key(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> map.key(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(map.size()).isEqualTo(1);
    }

    @Test
    void aFullMapSaysSoAndStaysAsItIs() {
        IdMap<Integer> map = IdMap.create(3);
        for (int k = 0; k < 3; k++) {
            map.add(k);
        }
        assertThatThrownBy(() -> map.add(3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("3");
        assertThat(map.add(2)).isEqualTo(2);
        assertThat(map.keys()).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> KeyStore.lengthFor(Integer.MAX_VALUE - 8)).isInstanceOf(IllegalStateException.class);
        assertThat(KeyStore.lengthFor(Integer.MAX_VALUE - 9)).isEqualTo(Integer.MAX_VALUE - 8);
    }

    /**
     * Two threads add while two others read: an index never changes, and a key can be read by whoever learned its index,
     * here through an array without any ordering.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void readersNeverSeeHalfAKey(String name, IntFunction<Object> keyOf) throws Exception {
        int count = 3001;
        for (int round = 0; round < 5; round++) {
            IdMap<Object> map = IdMap.create();
            int[] racy = new int[count];
            AtomicIntegerArray indices = new AtomicIntegerArray(count);
            ExecutorService pool = Executors.newFixedThreadPool(4);
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int writer = 0; writer < 2; writer++) {
                    all.add(pool.submit(() -> {
                        for (int k = 0; k < count; k++) {
                            int index = map.add(keyOf.apply(k));
                            int before = indices.getAndSet(k, index + 1);
                            assertThat(before == 0 || before == index + 1).isTrue();
                            racy[k] = index + 1;
                        }
                    }));
                }
                for (int reader = 0; reader < 2; reader++) {
                    all.add(pool.submit(() -> {
                        for (int k = 0; k < count; k++) {
                            Object key = keyOf.apply(k);
                            int published = indices.get(k);
                            int index = map.indexOf(key);
                            assertThat(index >= 0 || published == 0).isTrue();
                            if (index >= 0) {
                                assertThat(map.key(index)).isEqualTo(key);
                            }
                            int seen = racy[count - 1 - k];
                            if (seen > 0) {
                                assertThat(map.key(seen - 1)).isEqualTo(keyOf.apply(count - 1 - k));
                            }
                        }
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            } catch (ExecutionException e) {
                throw new AssertionError(name + ", round " + round, e.getCause());
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void aRemovedKeyLeavesAHole() {
        List<List<?>> kinds = List.of(
                List.of("anna", "", "ben", "clara", "dora"),
                List.of(5L, 0L, 7L, 8L, 9L),
                List.of(5, 0, 7, 8, 9),
                List.of(new UUID(1, 2), new UUID(0, 0), new UUID(3, 4), new UUID(5, 6), new UUID(7, 8)),
                List.of('a', 2.5, "x", 7L, 9));
        for (List<?> keys : kinds) {
            IdMap<Object> ids = IdMap.create();
            keys.forEach(ids::add);
            assertThat(ids.remove(keys.get(1))).isEqualTo(1);
            assertThat(ids.remove(keys.get(1))).isEqualTo(-1);
            assertThat(ids.indexOf(keys.get(1))).isEqualTo(-1);
            assertThat(ids.isHole(1)).isTrue();
            assertThat(ids.isHole(2)).isFalse();
            assertThat(ids.holes()).containsExactly(1);
            assertThatThrownBy(() -> ids.key(1)).isInstanceOf(NoSuchElementException.class);
            assertThat(ids.size()).isEqualTo(5);
            for (int k : new int[] {0, 2, 3, 4}) {
                assertThat(ids.indexOf(keys.get(k))).isEqualTo(k);
                assertThat(ids.key(k)).isEqualTo(keys.get(k));
            }
            assertThat(ids.add(keys.get(1))).as("comes back under a new index").isEqualTo(5);
            assertThat(ids.add("of another class " + keys)).isEqualTo(6);
            assertThat(ids.isHole(1)).isTrue();
            assertThat(ids.key(5)).isEqualTo(keys.get(1));
            assertThat(ids.key(0)).isEqualTo(keys.get(0));
        }
    }

    @Test
    void holesCanComeFirst() {
        IdMap<String> ids = IdMap.create();
        ids.addHole();
        for (int k = 1; k < 100; k++) {
            if (k % 7 == 0) {
                ids.addHole();
            } else {
                assertThat(ids.add("key " + k)).isEqualTo(k);
            }
        }
        assertThat(ids.keyClass()).contains(String.class);
        for (int k = 1; k < 100; k++) {
            assertThat(ids.indexOf("key " + k)).isEqualTo(k % 7 == 0 ? -1 : k);
        }
        assertThat(ids.indexOf("")).isEqualTo(-1);
    }
}
