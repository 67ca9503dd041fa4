package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LightGcnTest {
    @TempDir
    Path folder;

    private Path write(String name, String content) {
        try {
            return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void indicesFollowTheIds() {
        Dataset<Integer, Integer> data = LightGcn.read(write("train.txt", "2 30 10 30\r\n0 20\n\n7  10\t20 \n5\n"));
        assertThat(data.users().keys()).containsExactly(0, 2, 5, 7);
        assertThat(data.items().keys()).containsExactly(10, 20, 30);
        assertThat(data.feedback()).isEqualTo(Feedback.IMPLICIT);
        Interactions matrix = data.interactions();
        assertThat(matrix.size()).isEqualTo(5);
        assertThat(matrix.hasWeights()).isFalse();
        assertThat(matrix.row(1)).containsExactly(0, 2);
        assertThat(matrix.row(2)).isEmpty();
        assertThat(matrix.row(3)).containsExactly(0, 1);
    }

    @Test
    void whatOnlyTheTestFileHasLiesBeyondTheTrainingData() {
        LightGcn.Split split = LightGcn.read(
                write("train.txt", "0 10 20\n1 10\n2 30"), write("test.txt", "2 20 99\n9 10 98 98\n0 30\n1"));
        assertThat(split.train().interactions().rows()).isEqualTo(3);
        assertThat(split.train().interactions().columns()).isEqualTo(3);
        Interactions test = split.test();
        assertThat(test.rows()).isEqualTo(4);
        assertThat(test.columns()).isEqualTo(5);
        assertThat(test.row(0)).containsExactly(2);
        assertThat(test.row(1)).isEmpty();
        assertThat(test.row(2)).containsExactly(1, 3);
        assertThat(test.row(3)).containsExactly(0, 4);
        assertThat(split.train().items().keys()).containsExactly(10, 20, 30);
    }

    @Test
    void badContentIsNamedByFileAndLine() {
        for (String bad : new String[] {"x", "1.5", "-1", "2147483647", "99999999999", "\u00e9"}) {
            Path file = write("train.txt", "0 1\n1 2 " + bad + "\n");
            assertThatThrownBy(() -> LightGcn.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("train.txt");
        }
        Path file = write("train.txt", "0 1\n\n1 2 x\n");
        assertThatThrownBy(() -> LightGcn.read(file)).hasMessage(file + ":3: 'x' is not an id from 0 to 2147483638");
        assertThatThrownBy(() -> LightGcn.read(folder.resolve("none.txt")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.txt");
        assertThat(LightGcn.read(write("train.txt", "")).interactions().size()).isZero();
    }
}
