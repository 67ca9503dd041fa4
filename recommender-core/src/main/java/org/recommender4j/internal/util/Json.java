package org.recommender4j.internal.util;

import java.util.Locale;
import java.util.Map;

/** Writes JSON of the few forms that logs and reports need, on one line and always the same for the same content. */
public final class Json {
    private final StringBuilder out = new StringBuilder();
    private boolean first = true;

    /** Begins an object, as the value of a key unless this is the outermost. */
    public Json open(String key) {
        return begin(key, '{');
    }

    /** Begins a list as the value of a key. */
    public Json openList(String key) {
        return begin(key, '[');
    }

    private Json begin(String key, char bracket) {
        separate(key);
        out.append(bracket);
        first = true;
        return this;
    }

    /** Ends an object. */
    public Json close() {
        out.append('}');
        first = false;
        return this;
    }

    /** Ends a list. */
    public Json closeList() {
        out.append(']');
        first = false;
        return this;
    }

    public Json put(String key, String value) {
        separate(key);
        out.append(quote(value));
        return this;
    }

    public Json put(String key, long value) {
        separate(key);
        out.append(value);
        return this;
    }

    /** A number, or null if it is not finite. */
    public Json put(String key, double value) {
        separate(key);
        out.append(Double.isFinite(value) ? Double.toString(value) : "null");
        return this;
    }

    public Json put(String key, boolean value) {
        separate(key);
        out.append(value);
        return this;
    }

    /** An object of texts. */
    public Json put(String key, Map<String, String> values) {
        open(key);
        values.forEach(this::put);
        return close();
    }

    /** An empty key stands for none: an entry of a list, or the outermost value. */
    private void separate(String key) {
        if (!first) {
            out.append(',');
        }
        first = false;
        if (!key.isEmpty()) {
            out.append(quote(key)).append(':');
        }
    }

    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == '<' || c == '>' || c == '&' || (c >= 0x7f && c < 0xa0) || isOdd(c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Halves of pairs, and line ends that scripts don't allow in texts. */
    private static boolean isOdd(char c) {
        return Character.isSurrogate(c) || c == 0x2028 || c == 0x2029;
    }

    /** The inverse of {@link #quote}. */
    public static String unquote(String quoted) {
        StringBuilder text = new StringBuilder();
        for (int k = 1; k < quoted.length() - 1; k++) {
            char c = quoted.charAt(k);
            if (c == '\\' && quoted.charAt(k + 1) == 'u' && k + 6 <= quoted.length()) {
                text.append((char) Integer.parseInt(quoted.substring(k + 2, k + 6), 16));
                k += 5;
            } else if (c == '\\') {
                text.append(quoted.charAt(++k));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
