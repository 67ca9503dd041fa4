package org.recommender4j.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.recommender4j.internal.util.Utf8;

/**
 * A row of a delimited file, overwritten by the next one. Numbers are read from the characters without making a string.
 */
final class Row extends AbstractBaseCsvCallbackHandler<Row> {
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    /** A number with a point and an exponent, or what a program prints for none, perhaps with blanks around it. */
    private static final Pattern DECIMAL = Pattern.compile(
            "[ \t]*(?:[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?|NaN|[+-]?Infinity)[ \t]*");

    private static final Pattern WHOLE = Pattern.compile("[ \t]*([+-]?[0-9]++)[ \t]*");

    /** Far beyond any real file. */
    private static final int MAX_FIELDS = 1 << 16;

    private static final int MAX_CHARS = 1 << 25;

    private char[] chars = new char[256];
    private int[] ends = new int[16];
    private String[] last = new String[16];
    private int count;
    private long line;
    private boolean tooLong;
    private boolean noText;

    Row() {
        Arrays.fill(last, "");
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
        count = 0;
        tooLong = false;
        noText = false;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        // What is behind the limit is passed over, so that a line of a gigabyte takes time, but no memory.
        int begin = tooLong || index >= MAX_FIELDS ? MAX_CHARS : begin(index);
        if (length > MAX_CHARS - begin || begin == MAX_CHARS) {
            tooLong = true;
            return;
        }
        if (begin + length > chars.length) {
            chars = Arrays.copyOf(chars, KeyStore.lengthFor(begin + length));
        }
        if (index == ends.length) {
            ends = Arrays.copyOf(ends, 2 * index);
            last = Arrays.copyOf(last, 2 * index);
            Arrays.fill(last, index, 2 * index, "");
        }
        System.arraycopy(buffer, offset, chars, begin, length);
        for (int k = begin; k < begin + length; k++) {
            noText |= chars[k] == TextSource.NO_TEXT;
        }
        ends[index] = begin + length;
        count = index + 1;
    }

    /**
     * Checks the row as a whole.
     *
     * @throws IllegalArgumentException if it is longer than a row can be, or some of its bytes are no text
     */
    void check(Charset charset) {
        if (tooLong) {
            throw new IllegalArgumentException("has more than " + MAX_FIELDS + " columns or " + MAX_CHARS
                    + " characters: is this the right file?");
        }
        if (noText) {
            throw TextSource.noText(charset);
        }
    }

    @Override
    protected Row buildRecord() {
        return this;
    }

    /** Returns the number of the line that the row begins on, 1 for the first. */
    long line() {
        return line;
    }

    /** Returns the number of fields. */
    int fields() {
        return count;
    }

    private int begin(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    /** Returns a field as it is. */
    String text(int field) {
        int begin = begin(field);
        int end = ends[field];
        String before = last[field];
        // Files are often sorted by user, and a string that is used again has its hash code already.
        if (before.length() == end - begin && sameChars(before, begin)) {
            return before;
        }
        String result = new String(chars, begin, end - begin);
        last[field] = result;
        return result;
    }

    private boolean sameChars(String text, int begin) {
        for (int k = text.length() - 1; k >= 0; k--) {
            if (text.charAt(k) != chars[begin + k]) {
                return false;
            }
        }
        return true;
    }

    /** Returns a field that identifies something: not empty, and text rather than binary data. */
    String id(int field, String what) {
        String result = text(field);
        if (result.isEmpty()) {
            throw new IllegalArgumentException("empty " + what + " id");
        }
        if (result.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the " + what + " id contains a 0 character: is this a text file?");
        }
        return result;
    }

    /** Returns all fields. */
    List<String> texts() {
        List<String> result = new ArrayList<>(count);
        for (int field = 0; field < count; field++) {
            result.add(text(field));
        }
        return result;
    }

    /** Returns a field as a number, correctly rounded. */
    double number(int field, String what) {
        int begin = begin(field);
        int end = ends[field];
        long digits = 0;
        int scale = -1;
        int at = begin < end && chars[begin] == '-' ? begin + 1 : begin;
        // Up to 15 digits and a power of ten up to 10^15 are exact as doubles, so that one division rounds correctly.
        boolean simple = end - at > 0 && end - at <= 15;
        for (; simple && at < end; at++) {
            char c = chars[at];
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
            } else if (c == '.' && scale < 0 && end - at > 1) {
                scale = end - at - 1;
            } else {
                simple = false;
            }
        }
        if (simple) {
            double value = scale < 0 ? digits : digits / POWERS[scale];
            return chars[begin] == '-' ? -value : value;
        }
        String text = new String(chars, begin, end - begin);
        // Double.parseDouble alone would take the literals of Java, such as 5f and 0x1p3, and control characters as
        // blanks.
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " " + Utf8.shown(text) + " is not a number");
        }
        return Double.parseDouble(text);
    }

    /** Returns a field as a whole number. */
    long integer(int field, String what) {
        int begin = begin(field);
        int end = ends[field];
        if (end > begin && end - begin <= 18) {
            long value = 0;
            int at = begin;
            while (at < end && chars[at] >= '0' && chars[at] <= '9') {
                value = value * 10 + (chars[at++] - '0');
            }
            if (at == end) {
                return value;
            }
        }
        String text = new String(chars, begin, end - begin);
        // Long.parseLong alone would take the digits of any script.
        Matcher matcher = WHOLE.matcher(text);
        try {
            if (matcher.matches()) {
                return Long.parseLong(matcher.group(1));
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for all that is no number: this one is too large.
        }
        throw new IllegalArgumentException(what + " " + Utf8.shown(text) + " is not a whole number");
    }
}
