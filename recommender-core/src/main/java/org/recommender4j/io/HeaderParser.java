package org.recommender4j.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.util.Utf8;

/** Turns the bytes of a header into a {@link Header} whose tensors exist, fit their shapes and cover the data exactly. */
final class HeaderParser {
    private static final int MAX_DIMENSIONS = 32;

    private final Path file;
    private final JsonReader json;
    private final Map<String, Header.Entry> entries = new TreeMap<>();
    private final Map<String, String> texts = new TreeMap<>();
    private boolean hasTexts;

    private HeaderParser(Path file, JsonReader json) {
        this.file = file;
        this.json = json;
    }

    /**
     * Parses a head (length and header).
     *
     * @param dataBytes the number of bytes that follow
     */
    static Header parse(Path file, byte[] head, long dataBytes) {
        ByteBuffer bytes = ByteBuffer.wrap(head, Long.BYTES, head.length - Long.BYTES);
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        if (decoder.decode(bytes, text, true).isError()) {
            throw new ModelFormatException(file, "the header is not valid UTF-8 at byte " + bytes.position());
        }
        HeaderParser parser = new HeaderParser(file, new JsonReader(file, text.array(), text.position()));
        parser.parse();
        return new Header(parser.inOrder(dataBytes), parser.texts);
    }

    private void parse() {
        json.expect('{');
        if (!json.accept('}')) {
            do {
                String name = json.string();
                json.expect(':');
                if (name.equals(Header.METADATA)) {
                    parseTexts();
                } else if (entries.containsKey(name)) {
                    throw json.error("there are two tensors " + Utf8.shown(name));
                } else {
                    entries.put(name, parseEntry(name));
                }
            } while (json.accept(','));
            json.expect('}');
        }
        json.end();
    }

    private void parseTexts() {
        if (hasTexts) {
            throw json.error("there are two " + Header.METADATA);
        }
        hasTexts = true;
        json.expect('{');
        if (json.accept('}')) {
            return;
        }
        do {
            String name = json.string();
            json.expect(':');
            if (texts.putIfAbsent(name, json.string()) != null) {
                throw json.error("there are two texts " + Utf8.shown(name));
            }
        } while (json.accept(','));
        json.expect('}');
    }

    private Header.Entry parseEntry(String name) {
        String dtype = null;
        long[] shape = null;
        long[] offsets = null;
        json.expect('{');
        do {
            String key = json.string();
            json.expect(':');
            if (key.equals("dtype") && dtype == null) {
                dtype = json.string();
            } else if (key.equals("shape") && shape == null) {
                shape = parseIndices();
            } else if (key.equals("data_offsets") && offsets == null) {
                offsets = parseIndices();
            } else {
                throw json.error("tensor " + Utf8.shown(name) + " has an unknown or second " + Utf8.shown(key));
            }
        } while (json.accept(','));
        json.expect('}');
        return check(name, dtype, shape, offsets);
    }

    private long[] parseIndices() {
        long[] indices = new long[MAX_DIMENSIONS];
        int count = 0;
        json.expect('[');
        if (!json.accept(']')) {
            do {
                if (count == MAX_DIMENSIONS) {
                    throw json.error("expected at most " + MAX_DIMENSIONS + " numbers");
                }
                indices[count++] = json.index();
            } while (json.accept(','));
            json.expect(']');
        }
        return Arrays.copyOf(indices, count);
    }

    private Header.Entry check(
            String name, @Nullable String typeName, long @Nullable [] shape, long @Nullable [] offsets) {
        if (typeName == null || shape == null || offsets == null) {
            throw error(name, "lacks its dtype, shape or data_offsets");
        }
        Dtype dtype = Dtype.named(typeName);
        if (dtype == null) {
            throw error(
                    name,
                    "has dtype " + Utf8.shown(typeName) + ", but only " + Arrays.toString(Dtype.values())
                            + " can be read");
        }
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw error(name, "has impossible data_offsets " + Arrays.toString(offsets));
        }
        long elements = 1;
        for (long length : shape) {
            if (Math.multiplyHigh(elements, length) != 0 || elements * length < 0) {
                throw error(name, "has a shape with more than 2^63 elements: " + Arrays.toString(shape));
            }
            elements *= length;
        }
        long bytes = offsets[1] - offsets[0];
        if (elements > bytes / dtype.bytes() || elements * dtype.bytes() != bytes) {
            throw error(
                    name,
                    "has " + bytes + " bytes at data_offsets " + Arrays.toString(offsets)
                            + ", which do not fit the shape " + Arrays.toString(shape) + " of " + dtype);
        }
        if (elements > Dtype.MAX_ELEMENTS) {
            throw error(name, "has " + elements + " elements, more than an array can hold: " + Dtype.MAX_ELEMENTS);
        }
        return new Header.Entry(name, dtype, shape, offsets[0], offsets[1]);
    }

    /** Returns the tensors in the order of their data, which they must cover without gaps, overlaps or a rest. */
    private List<Header.Entry> inOrder(long dataBytes) {
        List<Header.Entry> result = new ArrayList<>(entries.values());
        result.sort(Comparator.comparingLong(Header.Entry::begin).thenComparingLong(Header.Entry::end));
        long position = 0;
        for (Header.Entry entry : result) {
            if (entry.begin() != position) {
                throw error(
                        entry.name(),
                        "begins at byte " + entry.begin() + " of the data, but should begin at " + position
                                + " where the one before it ends");
            }
            position = entry.end();
        }
        if (position != dataBytes) {
            throw new ModelFormatException(
                    file,
                    "the file has " + dataBytes + " bytes of data, but its tensors take " + position
                            + (position > dataBytes ? ": it was truncated" : ": something was appended"));
        }
        return result;
    }

    private ModelFormatException error(String name, String problem) {
        return new ModelFormatException(file, "tensor " + Utf8.shown(name) + " " + problem);
    }
}
