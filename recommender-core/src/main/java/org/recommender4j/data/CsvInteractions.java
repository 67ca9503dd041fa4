package org.recommender4j.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads interactions from a delimited file: CSV as of RFC 4180, or with any separator; plain or compressed with gzip.
 *
 * <pre>{@code
 * Dataset<String, String> data = CsvInteractions.builder()
 *     .user("userId").item("movieId").rating("rating").time("timestamp", TimeFormat.SECONDS)
 *     .build()
 *     .read(Path.of("ratings.csv"));
 * }</pre>
 *
 * <p>Columns are named by the header, or by position: 0 is the first. Ids are taken as they are; they are strings, so that
 * leading zeros survive. Numbers are decimal, with the digits 0 to 9, a point and perhaps an exponent; blanks around them do no
 * harm. Blank lines are ignored. All rows must have as many columns as the first, at most 65,536, and at most 33 million
 * characters.
 *
 * <p>Bad content throws an {@link IllegalArgumentException} that names file, line and reason, unless {@link
 * Builder#skipBadLines} is set; a file that cannot be read throws an {@link java.io.UncheckedIOException} that names the
 * file. Immutable; thread-safe.
 */
public final class CsvInteractions {
    private final DelimitedFile layout;
    private final Column user;
    private final Column item;
    private final @Nullable Column weight;
    private final @Nullable Column event;
    private final @Nullable Column time;
    private final boolean ratings;
    private final TimeFormat timeFormat;
    private final Consumer<? super ReadReport> listener;

    /** A column by name, or by position when the name is empty. */
    private record Column(String name, int position) {
        Column {
            if (position < 0) {
                throw new IllegalArgumentException("the position of a column must not be negative, but is " + position);
            }
        }

        int find(List<String> names) {
            int found = name.isEmpty() ? position : names.indexOf(name);
            if (found < 0) {
                throw new IllegalArgumentException("there is no column '" + name + "', but only " + names);
            }
            if (found >= names.size()) {
                throw new IllegalArgumentException(
                        "there is no column at position " + position + ", but only " + names.size() + ": " + names);
            }
            return found;
        }
    }

    private CsvInteractions(Builder builder, Column user, Column item) {
        this.layout = new DelimitedFile(
                builder.separator, builder.quotes, builder.header, builder.charset, builder.listener != null);
        this.user = user;
        this.item = item;
        this.weight = builder.weight;
        this.event = builder.event;
        this.time = builder.time;
        this.ratings = builder.ratings;
        this.timeFormat = builder.timeFormat;
        this.listener = builder.listener == null ? report -> {} : builder.listener;
    }

    /** Starts describing a file. */
    public static Builder builder() {
        return new Builder();
    }

    /** Reads a file into a data set of its own. */
    public Dataset<String, String> read(Path file) {
        DatasetBuilder<String, String> target = Dataset.builder();
        readInto(file, target);
        return target.build();
    }

    /**
     * Adds the interactions of a file to a data set in the making, which may have a scale of ratings, kinds of events,
     * features, or interactions of other files.
     *
     * @return how many rows were read, and how many of them were skipped
     */
    public ReadReport readInto(Path file, DatasetBuilder<String, String> target) {
        if (ratings) {
            target.feedback(Feedback.EXPLICIT);
        }
        ReadReport report = layout.read(file, new Rows(target));
        listener.accept(report);
        return report;
    }

    private final class Rows implements DelimitedFile.Sink {
        private final DatasetBuilder<String, String> target;
        private int userField;
        private int itemField;
        private int weightField;
        private int eventField;
        private int timeField;

        Rows(DatasetBuilder<String, String> target) {
            this.target = target;
        }

        @Override
        public void columns(Row first) {
            List<String> names = first.texts().stream().map(String::strip).toList();
            userField = user.find(names);
            itemField = item.find(names);
            weightField = weight == null ? -1 : weight.find(names);
            eventField = event == null ? -1 : event.find(names);
            timeField = time == null ? -1 : time.find(names);
        }

        @Override
        public void row(Row row) {
            String userId = row.id(userField, "user");
            String itemId = row.id(itemField, "item");
            long when = timeField < 0 ? DatasetBuilder.NO_TIME : Times.millis(row, timeField, timeFormat);
            if (weightField >= 0) {
                target.addWeighted(userId, itemId, row.number(weightField, ratings ? "rating" : "weight"), when);
            } else if (eventField >= 0) {
                target.addKind(userId, itemId, row.text(eventField), when);
            } else {
                target.addUnrated(userId, itemId, 1f, when);
            }
        }
    }

    /**
     * Describes a file. At least the columns of users and items are needed. Without ratings, weights and events each row is an
     * interaction of weight 1, without times none has a time.
     */
    public static final class Builder {
        private String separator = ",";
        private boolean quotes = true;
        private boolean header = true;
        private Charset charset = StandardCharsets.UTF_8;
        private @Nullable Column user;
        private @Nullable Column item;
        private @Nullable Column weight;
        private @Nullable Column event;
        private @Nullable Column time;
        private boolean ratings;
        private TimeFormat timeFormat = TimeFormat.SECONDS;
        private @Nullable Consumer<? super ReadReport> listener;

        private Builder() {}

        /** Sets what stands between two fields, such as a comma (the default), a tab, or {@code ::}. */
        public Builder separator(String value) {
            if (value.isEmpty() || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('"') >= 0) {
                throw new IllegalArgumentException(
                        "a separator must not be empty or contain line ends or quotes, but is '" + value + "'");
            }
            separator = value;
            return this;
        }

        /** Sets whether fields may stand in double quotes, then with line ends and separators inside; default true. */
        public Builder quotes(boolean value) {
            quotes = value;
            return this;
        }

        /** Sets whether the first line has the names of the columns; default true. */
        public Builder header(boolean value) {
            header = value;
            return this;
        }

        /** Sets the encoding; default UTF-8. */
        public Builder charset(Charset value) {
            charset = Objects.requireNonNull(value);
            return this;
        }

        /** Sets the column of user ids. */
        public Builder user(String column) {
            user = named(column);
            return this;
        }

        /** Sets the column of user ids by position, 0 for the first. */
        public Builder user(int column) {
            user = new Column("", column);
            return this;
        }

        /** Sets the column of item ids. */
        public Builder item(String column) {
            item = named(column);
            return this;
        }

        /** Sets the column of item ids by position, 0 for the first. */
        public Builder item(int column) {
            item = new Column("", column);
            return this;
        }

        /** Sets the column of ratings, which makes the feedback explicit. */
        public Builder rating(String column) {
            return weight(named(column), true);
        }

        /** Sets the column of ratings by position, 0 for the first; makes the feedback explicit. */
        public Builder rating(int column) {
            return weight(new Column("", column), true);
        }

        /** Sets the column of weights of implicit feedback, such as counts. */
        public Builder weight(String column) {
            return weight(named(column), false);
        }

        /** Sets the column of weights of implicit feedback by position, 0 for the first. */
        public Builder weight(int column) {
            return weight(new Column("", column), false);
        }

        private Builder weight(Column column, boolean explicit) {
            weight = column;
            ratings = explicit;
            return this;
        }

        /** Sets the column of kinds of events, as of {@link DatasetBuilder#kind}. */
        public Builder event(String column) {
            event = named(column);
            return this;
        }

        /** Sets the column of kinds of events by position, 0 for the first. */
        public Builder event(int column) {
            event = new Column("", column);
            return this;
        }

        /** Sets the column of times. */
        public Builder time(String column, TimeFormat format) {
            time = named(column);
            timeFormat = Objects.requireNonNull(format);
            return this;
        }

        /** Sets the column of times by position, 0 for the first. */
        public Builder time(int column, TimeFormat format) {
            time = new Column("", column);
            timeFormat = Objects.requireNonNull(format);
            return this;
        }

        /**
         * Skips rows with bad content, bytes that are no text included, instead of failing at the first. Quotes that do not
         * close, and a field of more than 16 million characters, still fail, since nobody knows where the row ends.
         *
         * @param report is told after each file how many rows were skipped, and why
         */
        public Builder skipBadLines(Consumer<? super ReadReport> report) {
            listener = Objects.requireNonNull(report);
            return this;
        }

        private static Column named(String column) {
            if (column.isEmpty()) {
                throw new IllegalArgumentException("empty name of a column");
            }
            return new Column(column, 0);
        }

        /**
         * Returns the reader.
         *
         * @throws IllegalStateException if the column of users or of items is not set, both weights and events are, or
         *     columns have names but the file has no header
         */
        public CsvInteractions build() {
            if (user == null || item == null) {
                throw new IllegalStateException("the columns of users and items must be set");
            }
            if (weight != null && event != null) {
                throw new IllegalStateException("either weights or kinds of events can be read, not both");
            }
            for (Column column : new @Nullable Column[] {user, item, weight, event, time}) {
                if (!header && column != null && !column.name().isEmpty()) {
                    throw new IllegalStateException("a file without a header has no column '" + column.name() + "'");
                }
            }
            return new CsvInteractions(this, user, item);
        }
    }
}
