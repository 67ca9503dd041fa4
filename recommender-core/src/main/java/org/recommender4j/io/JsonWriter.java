package org.recommender4j.io;

import org.recommender4j.internal.util.Utf8;

/** Writes the few forms of JSON that a header needs. */
final class JsonWriter {
    private JsonWriter() {}

    /**
     * Appends a string in quotes. The same string always gives the same characters.
     *
     * @throws IllegalArgumentException if it has half a surrogate pair, which no UTF-8 text can hold
     */
    static void quote(StringBuilder out, String string) {
        Utf8.require("a name or text", string);
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
