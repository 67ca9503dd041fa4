package org.recommender4j.streaming;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.recommender4j.internal.util.Utf8;

/**
 * Replaces ids by names that say nothing without a key: HMAC-SHA-256 (RFC 2104), cut to 128 bits, as 22 characters of
 * URL-safe Base64. The same id and key give the same pseudonym, so a recommender works as before. Who has the data but
 * not the key can't go from a pseudonym to an id, nor from an id to its history. What is in a history may still tell
 * whose it is, to somebody who knows some of it from elsewhere: pseudonyms are no anonymity.
 *
 * <pre>{@code
 * Pseudonyms names = Pseudonyms.withKey(key);
 * live.ingest(Event.view(names.of("anna@example.org"), item));
 * live.recommend(names.of("anna@example.org"), 10);
 * }</pre>
 *
 * <p>Apply it wherever ids enter: in the data set, in events and in requests. Keep the key elsewhere than the data. A
 * pseudonym takes a few microseconds. Immutable; thread-safe.
 */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    private final SecretKeySpec key;

    private Pseudonyms(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Returns pseudonyms of a key.
     *
     * @param key secret and random, at least 16 bytes; copied
     */
    public static Pseudonyms withKey(byte[] key) {
        if (key.length < BYTES) {
            throw new IllegalArgumentException("a key must have at least 16 bytes, but has " + key.length);
        }
        return new Pseudonyms(key.clone());
    }

    /**
     * Returns the pseudonym of an id.
     *
     * @throws IllegalArgumentException if the id has half of a surrogate pair: it is no text, and another one would get
     *     the same
     */
    public String of(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(Utf8.encode(id)));
    }

    /** Returns the 16 bytes that stand for others. */
    byte[] hash(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(bytes), BYTES);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the key is not one of " + ALGORITHM, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "Pseudonyms[key hidden]";
    }
}
