package org.recommender4j.streaming;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Numbers of {@link SecureRandom}, fetched many at a time. Not thread-safe. */
final class SecureBits implements RandomGenerator {
    private final SecureRandom random = new SecureRandom();
    private final byte[] bytes = new byte[4096];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).position(bytes.length);

    @Override
    public long nextLong() {
        if (!buffer.hasRemaining()) {
            random.nextBytes(bytes);
            buffer.clear();
        }
        return buffer.getLong();
    }
}
