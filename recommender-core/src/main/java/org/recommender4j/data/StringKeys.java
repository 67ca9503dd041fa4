package org.recommender4j.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.recommender4j.internal.util.Utf8;

/**
 * Keys of class String, as UTF-8 one behind the other: their bytes and 4 more each, where a String object takes 40 or more.
 * Reading a key makes a new String.
 *
 * <pre>{@code
 * bytes   [ a n n a b o b ]
 * ends    [ 4 7 ]
 * }</pre>
 */
final class StringKeys extends KeyStore {
    private volatile byte[] bytes = new byte[64];
    private volatile int[] ends = new int[16];

    @Override
    boolean isKind(Object key) {
        return key instanceof String;
    }

    @Override
    boolean hasRoom(Object key) {
        return begin(size()) + (long) Utf8.encode((String) key).length <= MAX_ARRAY;
    }

    private int begin(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    @Override
    boolean equalsAt(int index, Object key) {
        String text = (String) key;
        byte[] all = bytes;
        int begin = begin(index);
        int length = ends[index] - begin;
        if (length < text.length()) {
            return false;
        }
        for (int k = 0; k < text.length(); k++) {
            byte b = all[begin + k];
            if (b < 0) {
                return new String(all, begin, length, StandardCharsets.UTF_8).equals(text);
            }
            if (b != text.charAt(k)) {
                return false;
            }
        }
        return length == text.length();
    }

    @Override
    void append(int index, Object key) {
        byte[] encoded = Utf8.encode((String) key);
        int begin = begin(index);
        int end = begin + encoded.length;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, lengthFor(end - 1));
        }
        if (index == ends.length) {
            ends = Arrays.copyOf(ends, lengthFor(index));
        }
        System.arraycopy(encoded, 0, bytes, begin, encoded.length);
        ends[index] = end;
    }

    @Override
    Object key(int index) {
        int begin = begin(index);
        return new String(bytes, begin, ends[index] - begin, StandardCharsets.UTF_8);
    }

    @Override
    KeyStore empty() {
        return new StringKeys();
    }

    @Override
    Object filler() {
        return "";
    }
}
