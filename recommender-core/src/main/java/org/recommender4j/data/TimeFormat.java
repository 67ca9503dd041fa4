package org.recommender4j.data;

/** How a file writes times. */
public enum TimeFormat {
    /** Seconds since 1970, whole or with a fraction. */
    SECONDS,
    /** Milliseconds since 1970. */
    MILLISECONDS,
    /**
     * ISO 8601, such as {@code 2026-03-01T17:45:00Z}, {@code 2026-03-01 17:45:00+01:00} or {@code 2026-03-01}; UTC when
     * no offset is given.
     */
    ISO_8601
}
