package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommender;
import org.recommender4j.Request;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.io.ModelFormatException;
import org.recommender4j.streaming.journal.Fsync;
import org.recommender4j.streaming.journal.JournalFormatException;
import org.recommender4j.streaming.online.IncrementalItemKnn;

/**
 * Altered files, raw and with right checksums: each is refused by the exception that is documented, or serves without one. The
 * system properties {@code recommender4j.mutations} and {@code recommender4j.mutationSeed} set how many files are tried, and
 * where to begin; a failure names its seed.
 */
@Timeout(3600)
class MutatedFilesTest {
    private static final int MUTATIONS = Integer.getInteger("recommender4j.mutations", 400);
    private static final long SEED = Long.getLong("recommender4j.mutationSeed", 1);

    @TempDir
    Path folder;

    private static Dataset<String, String> data(boolean ratings) {
        SplittableRandom random = new SplittableRandom(5);
        DatasetBuilder<String, String> builder = Dataset.builder();
        if (ratings) {
            builder.ratings(1, 5);
        }
        for (int user = 0; user < 30; user++) {
            for (int k = 0; k < 8; k++) {
                String item = "i" + random.nextInt(20);
                builder.add("u" + user, item, 1 + random.nextInt(5), 1_600_000_000_000L + random.nextInt(1_000_000));
            }
            builder.userCategories("u" + user, "kind", "k" + user % 3);
        }
        for (int item = 0; item < 20; item++) {
            builder.itemCategories("i" + item, "genre", "g" + item % 4, "g" + item % 3)
                    .itemNumber("i" + item, "price", item)
                    .itemText("i" + item, "title", "word" + item % 5 + " other")
                    .itemVector("i" + item, "image", new float[] {item % 3, 1, item % 2});
        }
        return builder.addUser("idle").addItem("new").build();
    }

    private static Algorithm small(Algorithm algorithm) {
        Map<String, String> changes = new HashMap<>();
        Map<String, String> few = Map.of("factors", "4", "iterations", "2", "draws", "2", "burnIn", "1");
        few.forEach((name, value) -> {
            if (algorithm.options().containsKey(name) && !algorithm.name().equals("GraphFilter")) {
                changes.put(name, value);
            }
        });
        if (algorithm.options().containsKey("members")) {
            changes.put("members", "ImplicitAls{factors=3, iterations=2}, ItemKnn");
        }
        return algorithm.with(changes);
    }

    private static boolean predictsRatings(Algorithm algorithm) {
        return algorithm.name().matches("BiasedMf|BayesianMf|SvdPlusPlus")
                || "true".equals(algorithm.options().get("predictRatings"));
    }

    private List<byte[]> modelFiles() throws IOException {
        List<Algorithm> algorithms = new ArrayList<>(Algorithm.all());
        algorithms.replaceAll(MutatedFilesTest::small);
        algorithms.addAll(Algorithm.parseAll("ItemKnn{predictRatings=true}, UserKnn{predictRatings=true},"
                + "ImplicitAls{factors=4, retrieval=quantized}, ImplicitAls{factors=4, retrieval=approximate},"
                + "FeatureStack{members={ItemKnn, Popularity}, learner=trees}"));
        List<byte[]> files = new ArrayList<>();
        Path file = folder.resolve("base");
        for (Algorithm algorithm : algorithms) {
            algorithm.fit(data(predictsRatings(algorithm))).save(file);
            files.add(Files.readAllBytes(file));
        }
        assertThat(files).hasSizeGreaterThan(25);
        return files;
    }

    private void serve(Recommender<String, String> model) {
        for (String user : List.of("u0", "u7", "u29", "idle", "nobody")) {
            assertThat(model.recommend(user, 7).items()).doesNotHaveDuplicates();
            model.score(user, "i3");
            model.explain(user, "i3");
            model.explain(user, "new");
        }
        assertThat(model.recommend(Request.<String, String>forHistory("i1", "i5", "new")
                                .limit(30))
                        .items())
                .doesNotHaveDuplicates();
        assertThat(model.recommend(Request.<String, String>forUser("u3")
                                .includeSeen()
                                .limit(50))
                        .items())
                .doesNotHaveDuplicates();
        for (String item : List.of("i0", "i19", "new", "none")) {
            model.similarItems(item, 7);
            model.audience(item, 7);
        }
        model.recommendAll(List.of("u1", "nobody", "u4"), 5, Runnable::run, (user, list) -> {});
        model.save(folder.resolve("again"));
    }

    @Test
    void alteredModelFilesAreRefusedOrServe() throws IOException {
        List<byte[]> bases = modelFiles();
        for (int k = 0; k < MUTATIONS; k++) {
            long seed = SEED + k;
            SplittableRandom random = new SplittableRandom(seed);
            Mutations mutations = new Mutations(folder.resolve("scratch"), seed);
            byte[] base = bases.get(k % bases.size());
            byte[] file = random.nextInt(5) == 0
                    ? mutations.bytes(base)
                    : mutations.sealed(base, bases.get(random.nextInt(bases.size())));
            Path path = Files.write(folder.resolve("model"), file);
            try {
                serve(Recommender.load(path, String.class, String.class));
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageContaining(path.toString());
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                fail("seed " + seed + ": " + mutations, e);
            }
        }
    }

    private static LiveBuilder live() {
        return LiveRecommender.builder()
                .fsync(Fsync.NONE)
                .clock(new LiveData.Clock())
                .member(new IncrementalItemKnn(), 0.5)
                .sessionGap(Duration.ofMinutes(30))
                .analytics("genre", options -> {});
    }

    private List<Path> liveFolders() {
        List<Path> folders = new ArrayList<>();
        for (Algorithm algorithm : Algorithm.parseAll(
                "ImplicitAls{factors=4, iterations=2}, ItemKnn, Popularity, ContentBased,"
                        + "IncrementalMf{factors=4, iterations=2}, IncrementalItemKnn, SessionKnn, DecayedPopularity")) {
            Path path = folder.resolve("live-" + algorithm.name());
            Path copy = folder.resolve("base-" + algorithm.name());
            try (LiveRecommender<String, String> live = live().create(path, data(false), algorithm)) {
                for (int k = 0; k < 40; k++) {
                    live.ingest(Event.<String, String>view("u" + k % 20, "i" + k * 7 % 23)
                            .at(LiveData.START + k)
                            .withId("e" + k));
                }
                live.forget("u3");
                live.itemCategories("i31", "genre", "z");
                live.snapshot();
                for (int k = 0; k < 12; k++) {
                    live.ingest(Event.<String, String>purchase("n" + k % 5, "i" + k * 5 % 23)
                            .at(LiveData.START + 60_000 + k));
                }
                live.itemText("i31", "title", "late");
                copy(path, copy);
            }
            folders.add(copy);
        }
        return folders;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path path, String prefix) {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(LiveRecommender<String, String> live, boolean refit) {
        for (String user : List.of("u0", "u7", "u29", "n1", "idle", "nobody")) {
            assertThat(live.recommend(user, 7).items()).doesNotHaveDuplicates();
            live.score(user, "i3");
            live.explain(user, "i3");
            live.export(user);
        }
        for (String item : List.of("i0", "i19", "i22", "i31", "none")) {
            live.audience(item, 7);
        }
        live.trends(5);
        live.analytics().orElseThrow().trending(5);
        live.ingest(Event.view("u7", "i3"));
        live.ingest(Event.view("fresh", "fresh"));
        live.forget("u9");
        if (refit) {
            live.refreshItems();
            live.refit();
        }
        live.recommend("fresh", 7);
    }

    @Test
    void alteredSnapshotsAreRefusedOrServe() throws IOException {
        List<Path> bases = liveFolders();
        List<byte[]> snapshots = new ArrayList<>();
        for (Path base : bases) {
            snapshots.add(Files.readAllBytes(files(base, "snapshot-").get(0)));
        }
        for (int k = 0; k < MUTATIONS / 4; k++) {
            long seed = SEED + k;
            SplittableRandom random = new SplittableRandom(seed);
            Mutations mutations = new Mutations(folder.resolve("scratch"), seed);
            int which = k % bases.size();
            Path path = folder.resolve("work" + k);
            copy(bases.get(which), path);
            byte[] file = random.nextInt(8) == 0
                    ? mutations.bytes(snapshots.get(which))
                    : mutations.sealed(snapshots.get(which), snapshots.get(random.nextInt(bases.size())));
            Files.write(files(path, "snapshot-").get(0), file);
            try (LiveRecommender<String, String> live = live().open(path, String.class, String.class)) {
                serve(live, k % 8 == 0);
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageContaining(path.toString());
            } catch (IllegalStateException e) {
                // The text of a member, or what ties the snapshot to its journal: it is the snapshot of another folder
                // then.
                assertThat(e.getMessage())
                        .as(mutations.toString())
                        .containsAnyOf("with the member", "journal beside it");
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                fail("seed " + seed + ", base " + bases.get(which).getFileName() + ": " + mutations, e);
            }
            delete(path);
        }
    }

    /** What is altered raw in a journal is refused as that, or was never needed. */
    @Test
    void alteredJournalsAreRefusedOrServe() throws IOException {
        Path base = liveFolders().get(1);
        for (int k = 0; k < MUTATIONS / 8; k++) {
            long seed = SEED + k;
            Mutations mutations = new Mutations(folder.resolve("scratch"), seed);
            Path path = folder.resolve("work" + k);
            copy(base, path);
            List<Path> files = files(path.resolve("journal"), "").stream()
                    .filter(file -> file.toFile().length() > 0)
                    .toList();
            Path file = files.get(new SplittableRandom(seed).nextInt(files.size()));
            Files.write(file, mutations.bytes(Files.readAllBytes(file)));
            try (LiveRecommender<String, String> live = live().open(path, String.class, String.class)) {
                serve(live, false);
            } catch (JournalFormatException e) {
                assertThat(e).hasMessageContaining(path.toString());
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                fail("seed " + seed + ", file " + file.getFileName() + ": " + mutations, e);
            }
            delete(path);
        }
    }
}
