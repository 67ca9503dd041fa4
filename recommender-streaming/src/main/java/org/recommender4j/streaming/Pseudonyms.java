package org.recommender4j.streaming;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces ids by names that say nothing without a key: HMAC-SHA-256 (RFC 2104), cut to 128 bits, as 22 characters of URL-safe
 * Base64. The same id and key give the same pseudonym, so a recommender works as before; who has the data but not the key
 * can't tell whose it is, nor whether somebody is in it.
 *
 * <pre>{@code
 * Pseudonyms names = Pseudonyms.withKey(key);
 * live.ingest(Event.view(names.of("anna@example.org"), item));
 * live.recommend(names.of("anna@example.org"), 10);
 * }</pre>
 *
 * <p>Apply it wherever ids enter: in the data set, in events and in requests. Keep the key elsewhere than the data. A pseudonym takes
 * a few microseconds. Immutable; thread-safe.
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

    /** Returns the pseudonym of an id. */
    public String of(String id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
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
