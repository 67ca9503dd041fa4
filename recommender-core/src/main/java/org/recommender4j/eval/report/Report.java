package org.recommender4j.eval.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.eval.Comparison;
import org.recommender4j.eval.DataQuality;
import org.recommender4j.eval.Evaluation;
import org.recommender4j.eval.ReplayResult;
import org.recommender4j.eval.Segment;

/**
 * A {@link Comparison} for people to read: as one HTML page, as Markdown and as JSON.
 *
 * <pre>{@code
 * Report.builder(comparison)
 *     .title("Films, January")
 *     .note("a fifth of each user's films held out, seed 1")
 *     .quality(DataQuality.of(data))
 *     .build()
 *     .write(Path.of("report"));
 * }</pre>
 *
 * <p>The algorithms are ranked by the evaluation's first metric. {@link Evaluation.Builder#standardMetrics} gives the report all
 * that it can show; what was not measured is left out. The page needs no network and no script, is light or dark as the reader's
 * device, and fits a phone. All texts are escaped, whatever the names of the algorithms are.
 *
 * <p>Building takes the time of the intervals and tests: in the order of ten seconds for 20 algorithms and 30,000 users. Immutable; thread-safe.
 */
public final class Report {
    private final String title;
    private final List<String> notes;
    private final @Nullable DataQuality quality;
    private final List<ReplayResult> replays;
    private final ReportData data;

    private Report(Builder builder) {
        title = builder.title;
        notes = List.copyOf(builder.notes);
        quality = builder.quality;
        replays = List.copyOf(builder.replays);
        List<Segment> segments = builder.segments == null
                ? Segment.usersByActivity(
                        builder.comparison.evaluation().train().interactions())
                : builder.segments;
        data = new ReportData(builder.comparison, segments);
    }

    /** Starts describing a report. */
    public static Builder builder(Comparison comparison) {
        return new Builder(comparison);
    }

    /** Collects what to tell. Not thread-safe. */
    public static final class Builder {
        private final Comparison comparison;
        private final List<String> notes = new ArrayList<>();
        private final List<ReplayResult> replays = new ArrayList<>();
        private String title = "Recommendations compared";
        private @Nullable DataQuality quality;
        private @Nullable List<Segment> segments;

        private Builder(Comparison comparison) {
            this.comparison = comparison;
        }

        /** Sets the title. */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /** Adds a sentence about how the figures came about: the data, the split and its seed, the machine. */
        public Builder note(String note) {
            notes.add(note);
            return this;
        }

        /** Adds what is known of the data; default nothing. */
        public Builder quality(DataQuality quality) {
            this.quality = quality;
            return this;
        }

        /** Adds what a replay measured; all of a report must be of the same replay. */
        public Builder replay(ReplayResult result) {
            replays.add(result);
            return this;
        }

        /** Sets the segments of users to tell apart; default by activity. */
        public Builder segments(List<Segment> users) {
            segments = List.copyOf(users);
            return this;
        }

        /** Returns the report. */
        public Report build() {
            return new Report(this);
        }
    }

    String title() {
        return title;
    }

    List<String> notes() {
        return notes;
    }

    Optional<DataQuality> quality() {
        return Optional.ofNullable(quality);
    }

    List<ReplayResult> replays() {
        return replays;
    }

    /** Returns the result in one or two sentences. */
    public String summary() {
        return ReportText.summary(data);
    }

    /** Returns the HTML page. */
    public String html() {
        return new HtmlReport(this, data).render();
    }

    /** Returns the report as Markdown. */
    public String markdown() {
        return new MarkdownReport(this, data).render();
    }

    /** Returns the report as JSON, with all numbers in full and null for those that are undefined. */
    public String json() {
        return new JsonReport(this, data).render();
    }

    /**
     * Writes {@code report.html}, {@code report.md} and {@code report.json} into a folder, which is made if it is not there.
     *
     * @throws UncheckedIOException if the disk refuses
     */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            // Not writeString, which refuses half a surrogate pair.
            Files.write(folder.resolve("report.html"), html().getBytes(StandardCharsets.UTF_8));
            Files.write(folder.resolve("report.md"), markdown().getBytes(StandardCharsets.UTF_8));
            Files.write(folder.resolve("report.json"), json().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the report to " + folder + ": " + e.getMessage(), e);
        }
    }
}
