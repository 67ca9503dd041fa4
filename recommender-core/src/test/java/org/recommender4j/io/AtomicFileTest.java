package org.recommender4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.model.ModelState;

class AtomicFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeOldModel() {
        file = folder.resolve("model.safetensors");
        ModelFile.write(file, new ModelState().put("which", "old"));
    }

    @Test
    void aNewModelReplacesTheOldOne() throws IOException {
        ModelFile.write(file, new ModelState().put("which", "new"));
        assertThat(ModelFile.read(file).text("which")).isEqualTo("new");
        assertNothingElse();
    }

    @Test
    void aDiskThatFailsInTheMiddleLeavesTheOldModel() throws IOException {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> AtomicFile.replace(file, out -> {
                    out.write(new byte[1000], 0, 1000);
                    throw new IOException("No space left on device");
                }))
                .withMessageContaining("cannot write " + file)
                .withMessageContaining("No space left on device");
        assertOldModelOnly();
    }

    @Test
    void anErrorInTheMiddleLeavesTheOldModel() throws IOException {
        OutOfMemoryError error = new OutOfMemoryError("made by the test");
        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> AtomicFile.replace(file, out -> {
                    out.write(new byte[1000], 0, 1000);
                    throw error;
                }))
                .isSameAs(error);
        assertOldModelOnly();
    }

    @Test
    void anInterruptHarmsNeitherWritingNorReadingAndIsKept() throws Exception {
        ModelState state = new ModelState().put("which", "new").put("items", new float[1_000_000]);
        Thread.currentThread().interrupt();
        ModelFile.write(file, state);
        assertThat(ModelFile.read(file).text("which")).isEqualTo("new");
        assertThat(Thread.interrupted()).isTrue();
        assertNothingElse();
    }

    /** Interrupts that come at any moment, again and again. */
    @Test
    void aStormOfInterruptsHarmsNothing() throws Exception {
        ModelState state = new ModelState().put("which", "new").put("items", new float[300_000]);
        Thread writer = Thread.currentThread();
        AtomicBoolean done = new AtomicBoolean();
        Thread storm = new Thread(() -> {
            while (!done.get()) {
                writer.interrupt();
                Thread.onSpinWait();
            }
        });
        storm.start();
        try {
            for (int k = 0; k < 5; k++) {
                ModelFile.write(file, state);
                assertThat(ModelFile.read(file).floats("items")).hasSize(300_000);
            }
        } finally {
            done.set(true);
            while (storm.isAlive()) {
                Thread.interrupted();
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
        assertNothingElse();
    }

    /** However many saves were killed, the next one works, and takes away what nobody writes any more. */
    @Test
    void leftoversOfManyKilledSavesDoNotPileUp() throws IOException {
        Path fresh = folder.resolve(".recommender4j-1002.tmp");
        Files.writeString(fresh, "somebody may be writing here");
        FileTime old = FileTime.fromMillis(Files.getLastModifiedTime(fresh).toMillis() - 2 * 3_600_000);
        for (int k = 0; k <= 1001; k++) {
            Path leftover = Files.createFile(folder.resolve(".recommender4j-" + k + ".tmp"));
            Files.setLastModifiedTime(leftover, old);
        }
        ModelFile.write(file, new ModelState().put("which", "new"));
        assertThat(ModelFile.read(file).text("which")).isEqualTo("new");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file, fresh);
        }
    }

    @Test
    void theOldModelIsReadableWhileTheNewOneIsWritten() throws IOException {
        AtomicFile.replace(file, out -> {
            out.write(new byte[] {1, 2, 3}, 0, 3);
            assertThat(ModelFile.read(file).text("which")).isEqualTo("old");
        });
        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
        assertNothingElse();
    }

    @Test
    void leftoversOfACrashAndOtherWritersAreNoObstacle() throws IOException {
        Path leftover = folder.resolve(".recommender4j-0.tmp");
        Files.writeString(leftover, "half a model");
        ModelFile.write(file, new ModelState().put("which", "new"));
        assertThat(ModelFile.read(file).text("which")).isEqualTo("new");
        assertThat(leftover).hasContent("half a model");

        Path other = folder.resolve("other.safetensors");
        AtomicFile.replace(file, out -> {
            ModelFile.write(other, new ModelState().put("which", "other"));
            out.write(new byte[] {1}, 0, 1);
        });
        assertThat(ModelFile.read(other).text("which")).isEqualTo("other");
        assertThat(file).hasBinaryContent(new byte[] {1});
    }

    @Test
    void aDirectoryIsNotReplaced() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("directory"));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> ModelFile.write(directory, new ModelState()))
                .withMessageContaining("is a directory");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aModelHasThePermissionsOfAnyOtherFile() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "");
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
        }
    }

    private void assertOldModelOnly() throws IOException {
        assertThat(ModelFile.read(file).text("which")).isEqualTo("old");
        assertNothingElse();
    }

    private void assertNothingElse() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
