package org.recommender4j.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.recommender4j.internal.util.Utf8;

/** SHA-256 over numbers (big-endian) and texts (length in bytes, then UTF-8). */
final class Fingerprint {
    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    void add(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void add(long value) {
        room(Long.BYTES).putLong(value);
    }

    void add(String value) {
        byte[] bytes = Utf8.encode(value);
        add(bytes.length);
        flush();
        digest.update(bytes);
    }

    void add(int[] values) {
        for (int value : values) {
            add(value);
        }
    }

    void add(float[] values) {
        for (float value : values) {
            add(Float.floatToIntBits(value));
        }
    }

    void add(long[] values) {
        for (long value : values) {
            add(value);
        }
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        digest.update(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /** Returns the digest in hexadecimal digits. */
    String hex() {
        flush();
        return HexFormat.of().formatHex(digest.digest());
    }
}
