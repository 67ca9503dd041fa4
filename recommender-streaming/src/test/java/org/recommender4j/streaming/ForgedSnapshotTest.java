package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.Algorithm;
import org.recommender4j.io.ModelFile;
import org.recommender4j.io.ModelFormatException;
import org.recommender4j.model.ModelState;
import org.recommender4j.streaming.journal.Fsync;

/** Snapshots that somebody has put together by hand, with right checksums. */
class ForgedSnapshotTest {
    private static final int HUGE = Integer.MAX_VALUE - 9;

    @TempDir
    Path root;

    private int count;

    private Path folder(String algorithm) {
        Path folder = root.resolve("live" + count++);
        try (LiveRecommender<String, String> live = LiveData.live()
                .fsync(Fsync.NONE)
                .create(
                        folder,
                        LiveData.builder()
                                .itemVector("i0-0", "image", new float[] {1, 2})
                                .userCategories("u0-0", "kind", "x")
                                .build(),
                        Algorithm.parse(algorithm))) {
            live.ingest(Event.<String, String>view("u0-0", "i1-1").withId("e1"));
            live.itemText("i0-1", "title", "one");
        }
        return folder;
    }

    private static Path snapshot(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("snapshot-"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What is to be altered is given by name, and may be of any type that a state has. */
    private void refused(String algorithm, String name, Object value) {
        Path folder = folder(algorithm);
        Path file = snapshot(folder);
        ModelState all = ModelFile.read(file);
        ModelState forged = new ModelState();
        assertThat(all.has(name)).as(name).isTrue();
        all.tensors().forEach((key, tensor) -> {
            if (!key.equals(name)) {
                forged.put(key, tensor);
            }
        });
        all.texts().forEach((key, text) -> {
            if (!key.equals(name)) {
                forged.put(key, text);
            }
        });
        if (value instanceof int[] ints) {
            forged.put(name, ints);
        } else if (value instanceof long[] longs) {
            forged.put(name, longs);
        } else if (value instanceof float[] floats) {
            forged.put(name, floats);
        } else if (value instanceof byte[] bytes) {
            forged.put(name, bytes);
        } else {
            forged.put(name, (String) value);
        }
        ModelFile.write(file, forged);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(ModelFormatException.class)
                    .as("%s with a wrong %s", algorithm, name)
                    .isThrownBy(() -> LiveRecommender.open(folder, String.class, String.class))
                    .withMessageContaining(file.toString());
        }
    }

    @Test
    void whatASnapshotSaysOfItsSizesIsNotBelieved() {
        refused("Popularity", "userFeatures/rows", new int[] {HUGE});
        refused("Popularity", "itemFeatures/rows", new int[] {HUGE});
        refused("Popularity", "itemFeatures/rows", new int[] {});
        refused("Popularity", "itemFeatures/vector/0/rows", new int[] {HUGE});
        refused("Popularity", "itemFeatures/vector/0/dimensions", new int[] {HUGE});
        refused("Popularity", "itemFeatures/vector/0/dimensions", new int[] {});
        refused("Popularity", "histories/shape", new long[] {60, HUGE});
        refused("Popularity", "derived", new int[] {-1});
        refused("Popularity", "changed", new int[] {HUGE});
        refused("Popularity", "rows", new int[] {3});
        refused("Popularity", "lastTimes", new long[1]);
        refused("Popularity", "numbers", new long[] {1});
        refused("Popularity", "scale", new float[] {Float.NaN, 0, 1});
        refused("Popularity", "feedback", "BOTH");
    }

    @Test
    void theVersionIsThatOfTheName() {
        refused("Popularity", "numbers", new long[] {1, 1, 0, 0});
        refused("Popularity", "numbers", new long[] {Long.MAX_VALUE, 1, 0, 0});
    }

    @Test
    void hashesOfEventIdsHaveTwoHalves() {
        refused("Popularity", "eventIds/hashes", new long[3]);
        refused("Popularity", "eventIds/secret", new long[1]);
        refused("Popularity", "eventIds/hashes", new int[2]);
    }

    @Test
    void membersAreText() {
        refused("Popularity", "members/ends", new int[] {1});
        refused("Popularity", "members/ends", new float[1]);
        refused("Popularity", "members/utf8", new byte[] {(byte) 0xFF});
    }

    @Test
    void modelsThatLearnByTheEventFitTheIds() {
        refused("DecayedPopularity", "model/events/users", new int[] {HUGE});
        refused("SessionKnn", "model/next", new int[] {});
        refused("SessionKnn", "model/owners", new int[] {HUGE});
        refused("IncrementalItemKnn", "model/offsets", new int[] {0});
        refused("IncrementalItemKnn", "model/pruned", new long[] {-1});
        refused("IncrementalMf{factors=2}", "model/userFactors", new float[2 * 61]);
        refused("IncrementalMf{factors=2}", "model/itemFactors", new float[] {0, Float.NaN});
    }
}
