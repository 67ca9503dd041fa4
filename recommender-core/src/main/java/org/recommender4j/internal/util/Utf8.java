package org.recommender4j.internal.util;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text as UTF-8 bytes and back without loss. {@code String.getBytes} writes half a surrogate pair as a question mark, so that
 * different texts become the same bytes; here such text is refused, and so are bytes that are no UTF-8.
 */
public final class Utf8 {
    private static final int SHOWN = 60;

    private Utf8() {}

    /**
     * Returns a text as bytes.
     *
     * @throws IllegalArgumentException if it has half a surrogate pair
     */
    public static byte[] encode(String text) {
        return require("text", text).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns the text of some bytes.
     *
     * @throws IllegalArgumentException if they are no UTF-8, or lie outside of the array
     */
    public static String decode(byte[] bytes, int from, int length) {
        if (from < 0 || length < 0 || length > bytes.length - from) {
            throw new IllegalArgumentException(
                    length + " bytes of text from " + from + " on lie outside of " + bytes.length);
        }
        try {
            // Fast where there is nothing to complain about; malformed bytes become replacement characters.
            String text = new String(bytes, from, length, StandardCharsets.UTF_8);
            return text.indexOf('\uFFFD') < 0
                    ? text
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, from, length))
                            .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("bytes that are no UTF-8 stand for a text", e);
        }
    }

    /**
     * Returns a text if it has no half of a surrogate pair.
     *
     * @param what the name of the text in the message
     * @throws IllegalArgumentException if it has; the message shows the text with escapes
     */
    public static String require(String what, String text) {
        int at = halfPair(text);
        if (at >= 0) {
            throw new IllegalArgumentException(what + " " + shown(text) + " has half a surrogate pair at index " + at
                    + ", which no file can hold; was the text cut in the middle of a character?");
        }
        return text;
    }

    /** Returns the index of the first half of a surrogate pair without the other half, or -1. */
    private static int halfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** Returns a text as it may stand in a message: in quotes, short, and with escapes for what can't be printed. */
    public static String shown(String text) {
        StringBuilder out = new StringBuilder("'");
        for (int i = 0; i < text.length() && i < SHOWN; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(text.length() > SHOWN ? "...'" : "'").toString();
    }
}
