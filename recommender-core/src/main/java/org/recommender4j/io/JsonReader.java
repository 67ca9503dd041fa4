package org.recommender4j.io;

import java.nio.file.Path;
import org.recommender4j.internal.util.Utf8;

/**
 * A strict reader of JSON for callers who know what must come next: they ask for a mark, a string or an index, and anything
 * else is an error. It never recurses and allocates nothing but the strings it returns.
 */
final class JsonReader {
    private final Path file;
    private final char[] text;
    private final int length;
    private int position;

    /** Reads the first {@code length} characters of a text; the file is for messages. */
    JsonReader(Path file, char[] text, int length) {
        this.file = file;
        this.text = text;
        this.length = length;
    }

    /** Skips white space, then one mark, which must be there. */
    void expect(char mark) {
        if (!accept(mark)) {
            throw error("expected '" + mark + "'");
        }
    }

    /** Skips white space, then the mark if it is there; tells whether it was. */
    boolean accept(char mark) {
        skipSpace();
        if (position < length && text[position] == mark) {
            position++;
            return true;
        }
        return false;
    }

    /** Demands that nothing but white space is left. */
    void end() {
        skipSpace();
        if (position < length) {
            throw error("expected the end of the header");
        }
    }

    /** Reads an integer from 0 to 2^63 - 1, written without sign, point, exponent or leading zeros. */
    long index() {
        skipSpace();
        int start = position;
        long value = 0;
        while (position < length && text[position] >= '0' && text[position] <= '9') {
            int digit = text[position] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw error("a number is larger than 2^63 - 1");
            }
            value = 10 * value + digit;
            position++;
        }
        if (position == start) {
            throw error("expected an integer that is not negative");
        }
        if (text[start] == '0' && position - start > 1) {
            throw error("a number has leading zeros");
        }
        if (position < length && (text[position] == '.' || text[position] == 'e' || text[position] == 'E')) {
            throw error("expected an integer");
        }
        return value;
    }

    /** Reads a string. */
    String string() {
        skipSpace();
        if (position == length || text[position] != '"') {
            throw error("expected a string");
        }
        int start = ++position;
        while (position < length && text[position] != '"' && text[position] != '\\' && text[position] >= ' ') {
            position++;
        }
        if (position < length && text[position] == '"') {
            return new String(text, start, position++ - start);
        }
        StringBuilder out = new StringBuilder().append(text, start, position - start);
        char high = 0;
        while (true) {
            if (position == length) {
                throw error("a string has no end");
            }
            char c = text[position++];
            boolean escaped = c == '\\';
            if (c < ' ') {
                position--;
                throw error("a string has a control character");
            }
            if (high == 0 && c == '"') {
                return out.toString();
            }
            if (escaped) {
                c = escape();
            }
            // Unescaped surrogates are in order, since the text was decoded from valid UTF-8; a mix of both is not.
            if (high != 0 ? !(escaped && Character.isLowSurrogate(c)) : escaped && Character.isLowSurrogate(c)) {
                throw error("a string has half a surrogate pair");
            }
            high = escaped && Character.isHighSurrogate(c) ? c : 0;
            out.append(c);
        }
    }

    private char escape() {
        if (position == length) {
            throw error("a string has no end");
        }
        char c = text[position++];
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> {
                position--;
                throw error("a string has an unknown escape");
            }
        };
    }

    private char hexadecimal() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            // Character.digit would accept the digits of other scripts.
            int digit = position < length && text[position] < 128 ? Character.digit(text[position], 16) : -1;
            if (digit < 0) {
                throw error("expected four hexadecimal digits");
            }
            value = 16 * value + digit;
            position++;
        }
        return (char) value;
    }

    /** Returns the error to throw: what is wrong, at the current position. */
    ModelFormatException error(String problem) {
        String found = position < length
                ? ", found " + Utf8.shown(String.valueOf(text[position]))
                : ", found the end of the header";
        String where = " at character " + position + " of the header";
        return new ModelFormatException(file, problem + where + found);
    }

    private void skipSpace() {
        while (position < length) {
            char c = text[position];
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return;
            }
            position++;
        }
    }
}
