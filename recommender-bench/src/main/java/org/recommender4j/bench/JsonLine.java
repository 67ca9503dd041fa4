package org.recommender4j.bench;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a flat JSON object, with at most objects of texts inside, on one line. */
final class JsonLine {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private final StringBuilder json = new StringBuilder("{");

    JsonLine put(String key, @Nullable String value) {
        return raw(key, value == null ? "null" : quote(value));
    }

    JsonLine put(String key, long value) {
        return raw(key, Long.toString(value));
    }

    JsonLine put(String key, boolean value) {
        return raw(key, Boolean.toString(value));
    }

    /** A number with so many decimals; null if it is not finite. */
    JsonLine put(String key, double value, int decimals) {
        return raw(key, Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "null");
    }

    /** An object whose values are numbers and truth values where they read so, otherwise texts. */
    JsonLine put(String key, Map<String, String> values) {
        JsonLine inner = new JsonLine();
        values.forEach((name, value) -> {
            boolean bare = value.equals("true")
                    || value.equals("false")
                    || NUMBER.matcher(value).matches();
            inner.raw(name, bare ? value : quote(value));
        });
        return raw(key, inner.toString());
    }

    private JsonLine raw(String key, String value) {
        if (json.length() > 1) {
            json.append(", ");
        }
        json.append(quote(key)).append(": ").append(value);
        return this;
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return json + "}";
    }
}
