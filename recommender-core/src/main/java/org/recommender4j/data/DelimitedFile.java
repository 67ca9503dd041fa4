package org.recommender4j.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;

/**
 * How a delimited file is laid out.
 *
 * @param separator what stands between two fields
 * @param quotes whether a field may stand in double quotes (RFC 4180)
 * @param header whether the first row has the names of the columns
 * @param skipBad whether rows with bad content are skipped and counted, rather than ending the reading
 */
record DelimitedFile(String separator, boolean quotes, boolean header, Charset charset, boolean skipBad) {
    /** A character that no text has stands for the quotes of a file without quotes. */
    private static final char NO_QUOTE = '\uFFFF';

    private static final int MAX_REASONS = 10;

    /** Takes the rows. */
    interface Sink {
        /**
         * Takes the first row before all others: the names of the columns if the file has them, else a row that comes
         * again.
         *
         * @throws IllegalArgumentException if the columns are not as they should be; the caller adds the file
         */
        default void columns(Row first) {}

        /**
         * Takes a row.
         *
         * @throws IllegalArgumentException if its content is bad; the caller adds file and line
         */
        void row(Row row);
    }

    /** Reads a file to its end. */
    ReadReport read(Path file, Sink sink) {
        try (Reader in = TextSource.open(file, charset)) {
            return read(file, in, sink);
        } catch (UncheckedIOException e) {
            throw TextSource.failure(file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw TextSource.failure(file, e);
        }
    }

    private ReadReport read(Path file, Reader in, Sink sink) {
        Row row = new Row();
        Spliterator<Row> rows = CsvReader.builder()
                .fieldSeparator(separator)
                .quoteCharacter(quotes ? '"' : NO_QUOTE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(row, in)
                .spliterator();
        Consumer<Row> ignore = r -> {};
        List<String> reasons = new ArrayList<>();
        long count = 0;
        long skipped = 0;
        int width = 0;
        while (advance(file, row, rows, ignore)) {
            if (width == 0) {
                width = row.fields();
                columns(file, row, charset, sink);
                if (header) {
                    continue;
                }
            }
            count++;
            try {
                row.check(charset);
                if (row.fields() != width) {
                    throw new IllegalArgumentException("has " + row.fields() + " columns instead of " + width);
                }
                sink.row(row);
            } catch (IllegalArgumentException e) {
                String reason = file + ":" + row.line() + ": " + e.getMessage();
                if (!skipBad) {
                    throw new IllegalArgumentException(reason, e);
                }
                if (skipped++ < MAX_REASONS) {
                    reasons.add(reason);
                }
            }
        }
        if (header && width == 0) {
            throw new IllegalArgumentException(file + ": is empty, but should begin with the names of the columns");
        }
        return new ReadReport(file, count, skipped, List.copyOf(reasons));
    }

    private static void columns(Path file, Row first, Charset charset, Sink sink) {
        try {
            first.check(charset);
            sink.columns(first);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static boolean advance(Path file, Row row, Spliterator<Row> rows, Consumer<Row> action) {
        try {
            return rows.tryAdvance(action);
        } catch (CsvParseException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(file + ":" + row.line() + ": " + reason.getMessage(), e);
        }
    }
}
