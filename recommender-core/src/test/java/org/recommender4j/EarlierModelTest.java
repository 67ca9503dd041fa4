package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.data.Dataset;
import org.recommender4j.io.ModelFile;
import org.recommender4j.io.ModelFormatException;
import org.recommender4j.model.ModelState;

/** Files whose histories went on since the model was trained. */
class EarlierModelTest {
    @TempDir
    Path folder;

    private Path file(int[] rows, int... changed) {
        Dataset<String, String> data = Dataset.<String, String>builder()
                .add("a", "x")
                .add("a", "y")
                .add("b", "y")
                .add("b", "z")
                .add("c", "x")
                .add("c", "z")
                .build();
        Path file = folder.resolve("model");
        Algorithm.parse("ImplicitAls{factors=2, iterations=1}").fit(data).save(file);
        ModelState state = ModelFile.read(file).put("rows", rows).put("changed", changed);
        ModelFile.write(file, state);
        return file;
    }

    private Recommender<String, String> load(int[] rows, int... changed) {
        return Recommender.load(file(rows, changed), String.class, String.class);
    }

    @Test
    void rowsSayWhatTheModelStoredForWhom() {
        double ofA = load(new int[] {0, 1, 2}).score("a", "z").orElseThrow();
        double ofB = load(new int[] {0, 1, 2}).score("b", "x").orElseThrow();
        Recommender<String, String> exchanged = load(new int[] {1, 0, 2});
        assertThat(exchanged.score("b", "z").orElseThrow()).isEqualTo(ofA);
        assertThat(exchanged.score("a", "x").orElseThrow()).isEqualTo(ofB);
        // Who has another history, or no row, is folded in: with these histories that gives what was stored.
        Recommender<String, String> folded = load(new int[] {-1, 0, 2}, 1);
        assertThat(folded.score("a", "z").orElseThrow()).isEqualTo(ofA);
        assertThat(folded.score("b", "x").orElseThrow()).isEqualTo(ofB);
        assertThat(folded.audience("x", 3).items()).containsExactly("b");
    }

    @Test
    void rowsThatAreNotThereAreNoticed() {
        int[][] bad = {{0, 1}, {0, 1, 3}, {0, 1, 1}, {-2, 0, 1}, {0, 1, 2, -1}, {}};
        for (int[] rows : bad) {
            assertThatThrownBy(() -> load(rows)).isInstanceOf(ModelFormatException.class);
        }
        assertThatThrownBy(() -> load(new int[] {0, 1, 2}, 3)).isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> load(new int[] {0, 1, 2}, -1)).isInstanceOf(ModelFormatException.class);
    }
}
