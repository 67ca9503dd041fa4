package org.recommender4j.internal.util;

import java.time.Duration;
import java.util.Locale;

/** Writes numbers for people. */
public final class Figures {
    private static final char MINUS = '\u2212';

    private Figures() {}

    /** A metric's value, with four decimals below 1 and less above. */
    public static String value(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        int decimals = size < 1 ? 4 : size < 10 ? 3 : size < 1000 ? 1 : 0;
        return format("%,." + decimals + "f", value).replace('-', MINUS);
    }

    public static String pValue(double p) {
        return Double.isNaN(p) ? "–" : p < 0.001 ? "< 0.001" : format("%.3f", p);
    }

    public static String count(long count) {
        return format("%,d", count);
    }

    public static String percent(double share) {
        return Double.isNaN(share) ? "–" : format(share > 0 && share < 0.1 ? "%.2f %%" : "%.1f %%", 100 * share);
    }

    public static String time(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds < 0.9995) {
            return format(seconds < 0.01 ? "%.1f ms" : "%.0f ms", 1000 * seconds);
        } else if (seconds < 99.5) {
            return format(seconds < 9.95 ? "%.2f s" : "%.1f s", seconds);
        }
        return format("%.0f s", seconds);
    }

    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 999.5 && unit < 3) {
            size /= 1000;
            unit++;
        }
        return format(size < 9.95 ? "%.1f %sB" : "%.0f %sB", size, "kMGT".charAt(unit));
    }

    /** A number at an axis: no more digits than it has. */
    public static String tick(double value) {
        double size = Math.abs(value);
        if (size >= 1e6 || (size > 0 && size < 1e-4)) {
            return format("%.0e", value).replace("e+0", "e").replace("e-0", "e-");
        }
        String text = format("%.5f", value);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end).replace('-', MINUS);
    }

    /** A coordinate of a drawing. */
    public static String at(double coordinate) {
        return format("%.1f", coordinate);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
