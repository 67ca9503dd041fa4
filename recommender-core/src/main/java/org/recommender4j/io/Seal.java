package org.recommender4j.io;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32C;
import org.recommender4j.internal.util.Utf8;

/**
 * The first metadata entries of a model file: format, version and checksums. Their place and length are fixed, so they can be
 * checked before the rest of the header is trusted with anything, and filled in after the data has passed by once.
 *
 * <p>The first checksum covers the whole header with its length, with zeros in its own place; the second one, which the first
 * one covers too, the data. CRC-32C finds every error that is confined to 32 bits in a row.
 */
final class Seal {
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final String VERSION = "1";
    private static final String MAGIC = "{\"__metadata__\":{\"format\":\"recommender4j\",\"format_version\":\"";
    private static final String BEFORE_CHECKSUMS = MAGIC + VERSION + "\",\"checksum\":\"crc32c ";
    private static final String UNSET = "00000000";
    private static final int HEADER_AT = LENGTH_BYTES + BEFORE_CHECKSUMS.length();
    private static final int DATA_AT = HEADER_AT + UNSET.length() + 1;

    /** How the header of a model file begins, with checksums still to be set. */
    static final String BEGIN = BEFORE_CHECKSUMS + UNSET + " " + UNSET + '"';

    /** The metadata that texts of a model cannot be named as. */
    static final Set<String> RESERVED = Set.of("format", "format_version", "checksum");

    private Seal() {}

    /** Tells whether a head (length and header) is that of a model file, of whatever version. */
    static boolean isOn(byte[] head) {
        return matches(head, MAGIC);
    }

    /** Sets both checksums in a head whose header begins with {@link #BEGIN}. */
    static void put(byte[] head, CRC32C data) {
        put(head, DATA_AT, data);
        put(head, HEADER_AT, ofHeader(head));
    }

    /** Checks the version, then the checksum of a head that the seal is on. */
    static void checkHead(Path file, byte[] head) {
        if (!matches(head, BEFORE_CHECKSUMS)) {
            int from = LENGTH_BYTES + MAGIC.length();
            int to = from;
            while (to < head.length && to < from + 20 && head[to] != '"') {
                to++;
            }
            String version = new String(head, from, to - from, StandardCharsets.ISO_8859_1);
            throw new ModelFormatException(
                    file,
                    version.equals(VERSION)
                            ? "the header was altered: it has no checksum at byte " + to
                            : "format version " + Utf8.shown(version) + " is not known; this library reads version "
                                    + VERSION);
        }
        if (head.length < LENGTH_BYTES + BEGIN.length()) {
            throw new ModelFormatException(file, "the header ends within its checksum");
        }
        check(file, head, HEADER_AT, ofHeader(head), "header");
    }

    /** Checks the checksum of the data against a head that was checked. */
    static void checkData(Path file, byte[] head, CRC32C data) {
        check(file, head, DATA_AT, data, "data");
    }

    private static void check(Path file, byte[] head, int at, CRC32C crc, String part) {
        String expected = new String(head, at, UNSET.length(), StandardCharsets.ISO_8859_1);
        if (!expected.equals(hex(crc))) {
            String problem = "the " + part + " was altered: its checksum is " + hex(crc) + ", but the file says "
                    + Utf8.shown(expected) + " at byte " + at;
            throw new ModelFormatException(file, problem);
        }
    }

    private static CRC32C ofHeader(byte[] head) {
        CRC32C crc = new CRC32C();
        crc.update(head, 0, HEADER_AT);
        crc.update(UNSET.getBytes(StandardCharsets.ISO_8859_1));
        int rest = HEADER_AT + UNSET.length();
        crc.update(head, rest, head.length - rest);
        return crc;
    }

    private static void put(byte[] head, int at, CRC32C crc) {
        byte[] hex = hex(crc).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(hex, 0, head, at, hex.length);
    }

    private static String hex(CRC32C crc) {
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static boolean matches(byte[] head, String begin) {
        for (int i = 0; i < begin.length(); i++) {
            if (LENGTH_BYTES + i >= head.length || head[LENGTH_BYTES + i] != begin.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
