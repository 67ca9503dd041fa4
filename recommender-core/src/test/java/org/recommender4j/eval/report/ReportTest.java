package org.recommender4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Matrices;
import org.recommender4j.data.Split;
import org.recommender4j.eval.Comparison;
import org.recommender4j.eval.DataQuality;
import org.recommender4j.eval.Evaluation;
import org.recommender4j.eval.FakeAlgorithm;
import org.recommender4j.eval.JsonCheck;
import org.recommender4j.eval.Metric;
import org.recommender4j.eval.ReplayResult;
import org.recommender4j.eval.TableModel;
import org.recommender4j.internal.util.Figures;
import org.recommender4j.model.Model;
import org.recommender4j.model.TrainingData;
import org.w3c.dom.Document;

class ReportTest {
    private static final String HOSTILE = "<script>alert('x')</script> & \"q\" \u0001 ]]> \ud800 | `*_ \\";
    private static final int USERS = 60;
    private static final int ITEMS = 50;

    @TempDir
    Path folder;

    private static Dataset<String, String> data() {
        SplittableRandom random = new SplittableRandom(3);
        var builder = Dataset.<String, String>builder();
        for (int item = 0; item < ITEMS; item++) {
            builder.itemCategories("i" + item, HOSTILE.replace("\ud800", ""), "c" + item % 4);
        }
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                if (random.nextInt(ITEMS) > item / 2 + 20) {
                    builder.add("u" + user, "i" + item);
                }
            }
        }
        builder.add("u1", "i1").add("u1", "i1").addUser("<b>cold</b>");
        return builder.build();
    }

    private static Model model(double luck, Split split) {
        SplittableRandom random = new SplittableRandom(9);
        float[][] scores = new float[split.train().rows()][ITEMS];
        for (int user = 0; user < scores.length; user++) {
            for (int item = 0; item < ITEMS; item++) {
                scores[user][item] =
                        (float) (random.nextDouble() + (split.test().contains(user, item) ? luck : 0));
            }
        }
        return new TableModel(scores);
    }

    private static Report report() {
        Dataset<String, String> data = data();
        Split split = Split.perUser(data.interactions(), 0.3, 1);
        TrainingData train = TrainingData.of(data.withInteractions(split.train()));
        Evaluation evaluation =
                Evaluation.builder(train, split.test()).standardMetrics(5).build();
        Comparison.Builder comparison =
                Comparison.builder(evaluation).curves(true).resamples(200);
        comparison.add("Popularity", FakeAlgorithm.of("Popularity", model(0.05, split)));
        comparison.add(HOSTILE, new FakeAlgorithm(HOSTILE, Map.of(HOSTILE, HOSTILE), options -> model(0.6, split)));
        for (int k = 0; k < 8; k++) {
            comparison.add("Fake " + k, FakeAlgorithm.of("Fake", model(0.1 + 0.03 * k, split)));
        }
        comparison.add("Broken", new FakeAlgorithm("Broken", Map.of(), options -> {
            throw new IllegalArgumentException(HOSTILE);
        }));
        return Report.builder(comparison.run())
                .title(HOSTILE)
                .note(HOSTILE)
                .quality(DataQuality.of(data))
                .replay(replayed(HOSTILE, 0.3))
                .replay(replayed("other", 0.2))
                .build();
    }

    private static ReplayResult replayed(String name, double recall) {
        ReplayResult.Part part = new ReplayResult.Part(
                10, 0, recall, recall / 2, recall / 3, Double.NaN, Optional.empty(), Optional.empty());
        return new ReplayResult(name, 10, part, part, List.of(part, part, part));
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void thePageIsWellFormedSelfContainedAndEscaped() throws Exception {
        String html = report().html();
        Document document = parse(html);
        assertThat(document.getElementsByTagName("svg").getLength())
                .as("speed, recall, tail, two of segments, ten of training, replay")
                .isEqualTo(16);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).startsWith("<script>alert('x')");
        assertThat(html)
                .doesNotContain("http", "src=", "href=", "url(", "@import", "<link", "<img", "<script", "\u0001", "NaN")
                .contains("prefers-color-scheme: dark", "width=device-width")
                .contains("1 user has no interactions", "1 repeated pair of");
        for (String table : List.of("Accuracy", "Is the best really better?", "What they cost", "The long tail")) {
            assertThat(html).contains("<h2>" + table);
        }
        assertThat(Pattern.compile("(x1|x2|cx|x)=\"(-?[0-9.]+)\"").matcher(html).results())
                .allSatisfy(
                        match -> assertThat(Double.parseDouble(match.group(2))).isBetween(0.0, 380.0));
    }

    @Test
    void markdownEscapesAndItsTablesAreRectangular() {
        String markdown = report().markdown();
        assertThat(markdown).doesNotContain("<script").contains("## Accuracy", "\\`\\*", "refused the data");
        int columns = 0;
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("|")) {
                int bars = line.replaceAll("\\\\\\\\|\\\\\\|", "")
                        .replaceAll("[^|]", "")
                        .length();
                assertThat(columns == 0 || bars == columns).as(line).isTrue();
                columns = bars;
            } else {
                columns = 0;
            }
        }
    }

    @Test
    void jsonIsValidAndHoldsTheNumbersInFull() {
        Report report = report();
        String json = report.json();
        JsonCheck.check(json.trim());
        Matcher first = Pattern.compile("\"metrics\":\\{\"ndcg@5\":\\{\"mean\":([0-9.]+),\"low\":([0-9.]+)")
                .matcher(json);
        assertThat(first.find()).isTrue();
        assertThat(report.summary()).contains(Figures.value(Double.parseDouble(first.group(1))));
        assertThat(json).contains("\"training\":[{\"iteration\":1,\"loss\":7.5").contains("\"failures\":{\"Broken\":");
    }

    @Test
    void theFilesAreWritten() {
        Path target = folder.resolve("deep").resolve("report");
        report().write(target);
        for (String name : List.of("report.html", "report.md", "report.json")) {
            assertThat(target.resolve(name)).isNotEmptyFile();
        }
        assertThat(Files.exists(target.resolve("report.css"))).isFalse();
    }

    @Test
    void aReportOfAlmostNothingStillRenders() throws Exception {
        Interactions none = Interactions.empty(3, 4);
        Evaluation nobody = Evaluation.builder(TrainingData.implicit(none), none)
                .standardMetrics(5)
                .build();
        Report report = Report.builder(nobody.compare(List.of(FakeAlgorithm.of("Table", new TableModel(new float[4])))))
                .quality(DataQuality.of(Dataset.builder().build()))
                .build();
        parse(report.html());
        JsonCheck.check(report.json().trim());
        assertThat(report.summary()).contains("nobody to test");

        Report failed = Report.builder(nobody.compare(List.of(new FakeAlgorithm("Broken", Map.of(), options -> {
                    throw new IllegalStateException("no");
                }))))
                .build();
        parse(failed.html());
        assertThat(failed.summary()).contains("No algorithm");

        TrainingData ratings = new TrainingData(
                Matrices.random(9, 9, 0.4, false, 2), Feedback.EXPLICIT, 4f, 1f, 5f, Features.none(), Features.none());
        Split split = Split.random(ratings.interactions(), 0.4, 1);
        Evaluation errors = Evaluation.builder(
                        new TrainingData(
                                split.train(),
                                Feedback.EXPLICIT,
                                4f,
                                1f,
                                5f,
                                ratings.itemFeatures(),
                                ratings.userFeatures()),
                        split.test())
                .metrics(Metric.rmse())
                .build();
        Report rated = Report.builder(errors.compare(List.of(
                        FakeAlgorithm.of("Far", new TableModel(new float[9][9])),
                        FakeAlgorithm.of("Near", new TableModel(threes())))))
                .build();
        assertThat(rated.summary()).startsWith("Near is best by rmse");
        parse(rated.html());
    }

    private static float[][] threes() {
        float[][] scores = new float[9][9];
        for (float[] row : scores) {
            Arrays.fill(row, 3);
        }
        return scores;
    }

    @Test
    void scalesHaveRoundTicksThatCoverTheValues() {
        Scale linear = Scale.linear(0.013, 0.247, 100, 0);
        assertThat(linear.ticks()).hasSizeBetween(4, 8);
        assertThat(linear.ticks().get(0)).isLessThanOrEqualTo(0.013);
        assertThat(linear.ticks().get(linear.ticks().size() - 1)).isGreaterThanOrEqualTo(0.247);
        assertThat(linear.at(linear.ticks().get(0))).isCloseTo(100, within(1e-9));
        assertThat(Scale.logExact(1, 50, 0, 100).ticks()).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
        assertThat(Scale.linear(3, 3, 0, 1).ticks()).hasSizeGreaterThan(1);
        assertThat(Scale.linear(0, 0, 0, 1).at(0)).isZero();
        assertThat(List.of(
                        Figures.tick(0.05), Figures.tick(20), Figures.tick(0), Figures.tick(-2.5), Figures.tick(2e7)))
                .containsExactly("0.05", "20", "0", "\u22122.5", "2e7");
        assertThat(List.of(Figures.bytes(999), Figures.bytes(1234), Figures.bytes(12_345_678)))
                .containsExactly("999 B", "1.2 kB", "12 MB");
    }
}
