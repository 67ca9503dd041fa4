package org.recommender4j.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Opens text files, compressed with gzip or not, and tells what went wrong with which file. */
final class TextSource {
    private static final int BUFFER = 1 << 16;

    private TextSource() {}

    /** Stands for bytes that are no text in the charset; no text has this character. */
    static final char NO_TEXT = '\uFFFE';

    /**
     * Opens a file. Gzip is known by its first bytes, not by its name; a UTF-8 byte order mark is skipped. Bytes that are no text
     * become {@link #NO_TEXT}, so that who reads can say in which line they are.
     */
    static Reader open(Path file, Charset charset) throws IOException {
        return open(
                file,
                charset,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(NO_TEXT)));
    }

    private static Reader open(Path file, Charset charset, CharsetDecoder decoder) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            InputStream raw = new BufferedInputStream(in, BUFFER);
            InputStream plain = raw;
            if (startsWith(raw, 0x1f, 0x8b)) {
                plain = new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER);
            }
            if (charset.equals(StandardCharsets.UTF_8) && startsWith(plain, 0xef, 0xbb, 0xbf)) {
                plain.skipNBytes(3);
            }
            return new InputStreamReader(plain, decoder);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static boolean startsWith(InputStream in, int... bytes) throws IOException {
        in.mark(bytes.length);
        boolean result = true;
        for (int expected : bytes) {
            result = result && in.read() == expected;
        }
        in.reset();
        return result;
    }

    /** Returns the file of that name in a folder, or else its {@code .gz} variant. */
    static Optional<Path> find(Path folder, String name) {
        for (String variant : new String[] {name, name + ".gz"}) {
            Path file = folder.resolve(variant);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Tells whether all of a file is valid UTF-8. */
    static boolean isUtf8(Path file) {
        // A new decoder reports what is malformed.
        try (Reader in = open(file, StandardCharsets.UTF_8, StandardCharsets.UTF_8.newDecoder())) {
            in.transferTo(Writer.nullWriter());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Returns the reason why a line with {@link #NO_TEXT} is bad. */
    static IllegalArgumentException noText(Charset charset) {
        return new IllegalArgumentException("is not text in " + charset + "; try another charset");
    }

    /** Returns what to throw for a failure of reading. */
    static UncheckedIOException failure(Path file, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        if (cause instanceof NoSuchFileException) {
            reason = "there is no such file";
        } else if (cause instanceof EOFException) {
            reason = "ends within its compressed data: it was cut off";
        }
        return new UncheckedIOException(file + ": " + reason, cause);
    }
}
