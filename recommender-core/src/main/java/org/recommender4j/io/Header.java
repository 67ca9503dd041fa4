package org.recommender4j.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.recommender4j.internal.util.Utf8;
import org.recommender4j.model.ModelState;

/** What a file says about its tensors, in the order of their data, and its texts. */
record Header(List<Entry> entries, Map<String, String> texts) {
    /** The longest header, as in the reference implementation of the layout. */
    static final int MAX_BYTES = 100_000_000;

    /** The name that stands for the texts. */
    static final String METADATA = "__metadata__";

    private static final Comparator<Entry> ALIGNED =
            Comparator.comparing(Entry::dtype).thenComparing(Entry::name);

    /** The place of a tensor in the data, from {@code begin} (inclusive) to {@code end} (exclusive), in bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(String name, Dtype dtype, long[] shape, long begin, long end) {
        /** Returns the number of elements; at most {@link Dtype#MAX_ELEMENTS} after {@link HeaderParser}. */
        int elements() {
            return (int) ((end - begin) / dtype.bytes());
        }
    }

    /** Returns the number of bytes of all tensors. */
    long dataBytes() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
    }

    /**
     * Returns the header of a model: tensors with wide elements first, so that each one is aligned to its elements without
     * gaps, and by name otherwise; texts by name.
     *
     * @throws IllegalArgumentException if a name is reserved
     */
    static Header of(ModelState state) {
        List<Entry> entries = new ArrayList<>();
        state.tensors().forEach((name, tensor) -> {
            if (name.equals(METADATA)) {
                throw new IllegalArgumentException("a tensor cannot be named '" + METADATA + "'");
            }
            entries.add(new Entry(name, Dtype.of(tensor.data()), tensor.shape(), 0, 0));
        });
        entries.sort(ALIGNED);
        long position = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            long elements = 1;
            for (long length : entry.shape()) {
                elements *= length;
            }
            long end = position + elements * entry.dtype().bytes();
            entries.set(i, new Entry(entry.name(), entry.dtype(), entry.shape(), position, end));
            position = end;
        }
        for (String name : state.texts().keySet()) {
            if (Seal.RESERVED.contains(name)) {
                throw new IllegalArgumentException("a text cannot be named '" + name + "'");
            }
        }
        return new Header(entries, new TreeMap<>(state.texts()));
    }

    /**
     * Returns the length and the header as bytes, with checksums still to be set; the data begins at a multiple of 8.
     *
     * @throws IllegalArgumentException if it is too long, or a name or text is not valid Unicode
     */
    byte[] encode() {
        long characters = 0;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            characters += text.getKey().length() + text.getValue().length();
        }
        checkLength(characters);
        StringBuilder json = new StringBuilder(Seal.BEGIN);
        texts.forEach((name, text) -> {
            json.append(',');
            JsonWriter.quote(json, name);
            json.append(':');
            JsonWriter.quote(json, text);
        });
        json.append('}');
        for (Entry entry : entries) {
            json.append(',');
            JsonWriter.quote(json, entry.name());
            json.append(":{\"dtype\":\"").append(entry.dtype()).append("\",\"shape\":[");
            for (int i = 0; i < entry.shape().length; i++) {
                json.append(i == 0 ? "" : ",").append(entry.shape()[i]);
            }
            json.append("],\"data_offsets\":[").append(entry.begin()).append(',');
            json.append(entry.end()).append("]}");
        }
        byte[] bytes = Utf8.encode(json.append('}').toString());
        checkLength(bytes.length + 7L);
        int length = (bytes.length + 7) / 8 * 8;
        byte[] head = new byte[Long.BYTES + length];
        Arrays.fill(head, (byte) ' ');
        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(bytes);
        return head;
    }

    private static void checkLength(long length) {
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("the names and texts of a model take " + length + " bytes, more than "
                    + MAX_BYTES + "; keep large data in tensors");
        }
    }
}
