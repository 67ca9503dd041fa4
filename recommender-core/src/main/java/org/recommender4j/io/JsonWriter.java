package org.recommender4j.io;

/** Writes the few forms of JSON that a header needs. */
final class JsonWriter {
    private JsonWriter() {}

    /**
     * Appends a string in quotes. The same string always gives the same characters.
     *
     * @throws IllegalArgumentException if it has half a surrogate pair, which no UTF-8 text can hold
     */
    static void quote(StringBuilder out, String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else if (!Character.isSurrogate(c)) {
                out.append(c);
            } else if (i + 1 < string.length() && Character.isSurrogatePair(c, string.charAt(i + 1))) {
                out.append(c).append(string.charAt(++i));
            } else {
                throw new IllegalArgumentException(
                        "a name or text has half a surrogate pair at index " + i + ": " + shown(string));
            }
        }
        out.append('"');
    }

    /** Returns a string as it may stand in an error message: in quotes, short, and printable. */
    static String shown(String string) {
        StringBuilder out = new StringBuilder("'");
        for (int i = 0; i < string.length() && i < 60; i++) {
            char c = string.charAt(i);
            boolean printable = c >= ' ' && !Character.isISOControl(c) && !Character.isSurrogate(c);
            out.append(printable ? c : '\uFFFD');
        }
        return out.append(string.length() > 60 ? "...'" : "'").toString();
    }
}
