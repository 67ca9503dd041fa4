package org.recommender4j.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.recommender4j.eval.TuningResult.Trial;
import org.recommender4j.internal.util.Json;

/**
 * The finished trials of a tuning in a file of JSON lines: one that says which tuning it is, then one per trial. A line that a
 * crash cut off is forgotten.
 */
final class TrialLog {
    /* Quotes inside of texts are escaped, so that the marks between the fields occur nowhere else. */
    private static final Pattern LINE = Pattern.compile(
            "(\\{\"trial\":\\d+,\"rung\":\\d+,\"options\":\\{.*}),\"value\":([^,]+),\"seconds\":([^,]+),\"failure\":(null|\".*\")}");

    private final @Nullable Path file;
    private final Map<String, Matcher> finished = new HashMap<>();

    private TrialLog(@Nullable Path file) {
        this.file = file;
    }

    static TrialLog none() {
        return new TrialLog(null);
    }

    /**
     * Opens a log, or begins one.
     *
     * @param tuning one line that names the tuning
     * @throws IllegalArgumentException if it is the log of another tuning, or no log
     */
    static TrialLog open(Path file, String tuning) {
        TrialLog log = new TrialLog(file);
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            if (whole.isEmpty()) {
                Files.writeString(file, tuning + "\n");
                return log;
            }
            if (whole.length() < text.length()) {
                Files.writeString(file, whole);
            }
            String[] lines = whole.split("\n", -1);
            if (!lines[0].equals(tuning)) {
                throw new IllegalArgumentException(
                        file + " is the log of another tuning: it begins with " + lines[0] + ", not with " + tuning);
            }
            for (int k = 1; k < lines.length - 1; k++) {
                Matcher matcher = LINE.matcher(lines[k]);
                if (!matcher.matches()) {
                    throw new IllegalArgumentException(file + ":" + (k + 1) + ": not a trial: " + lines[k]);
                }
                log.finished.put(matcher.group(1), matcher);
            }
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException("can't use the log " + file + ": " + e.getMessage(), e);
        }
    }

    /** Returns a trial if it is in the log. */
    Optional<Trial> find(int number, int rung, Map<String, String> options) {
        Matcher line = finished.get(key(number, rung, options));
        if (line == null) {
            return Optional.empty();
        }
        String value = line.group(2);
        String failure = line.group(4);
        return Optional.of(new Trial(
                number,
                rung,
                options,
                value.equals("null") ? Double.NaN : Double.parseDouble(value),
                Duration.ofNanos(Math.round(Double.parseDouble(line.group(3)) * 1e9)),
                failure.equals("null") ? Optional.empty() : Optional.of(Json.unquote(failure))));
    }

    /** Adds a trial; when this returns, it is on the disk. */
    void add(Trial trial) {
        if (file == null) {
            return;
        }
        String line = key(trial.number(), trial.rung(), trial.options())
                + ",\"value\":" + (Double.isFinite(trial.value()) ? Double.toString(trial.value()) : "null")
                + ",\"seconds\":" + trial.time().toNanos() / 1e9
                + ",\"failure\":" + trial.failure().map(Json::quote).orElse("null")
                + "}\n";
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the log " + file + ": " + e.getMessage(), e);
        }
    }

    private static String key(int number, int rung, Map<String, String> options) {
        String line = new Json()
                .open("")
                .put("trial", number)
                .put("rung", rung)
                .put("options", options)
                .toString();
        return line;
    }
}
