package org.recommender4j.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Reads times from rows. */
final class Times {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_DATE_TIME;
    private static final int DATE_LENGTH = 10;

    private Times() {}

    /** Returns the time of a field in milliseconds since 1970, not negative. */
    static long millis(Row row, int field, TimeFormat format) {
        long millis = read(row, field, format);
        if (millis < 0) {
            throw new IllegalArgumentException("time must not be before 1970, but is " + row.text(field));
        }
        return millis;
    }

    private static long read(Row row, int field, TimeFormat format) {
        return switch (format) {
            case SECONDS -> seconds(row, field);
            case MILLISECONDS -> row.integer(field, "time");
            case ISO_8601 -> iso(row.text(field));
        };
    }

    private static long seconds(Row row, int field) {
        double seconds = row.number(field, "time");
        double millis = seconds * 1000;
        if (!(Math.abs(millis) < Long.MAX_VALUE)) {
            throw new IllegalArgumentException("time " + seconds + " is out of range");
        }
        return Math.round(millis);
    }

    private static long iso(String text) {
        try {
            if (text.length() == DATE_LENGTH) {
                return LocalDate.parse(text)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
            }
            String normal = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                    ? text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1)
                    : text;
            TemporalAccessor time = ISO.parseBest(normal, Instant::from, LocalDateTime::from);
            Instant instant =
                    time instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(time);
            return instant.toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("time '" + text + "' is not in ISO 8601", e);
        }
    }
}
