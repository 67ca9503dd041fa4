package org.recommender4j.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.recommender4j.internal.disk.DiskFile;
import org.recommender4j.model.ModelState;

/**
 * Writes and reads model files, which are <a href="https://github.com/huggingface/safetensors">safetensors</a> files: Python
 * opens one with {@code safetensors.numpy.load_file(path)}, and {@link #readTensors} opens one that Python has made.
 *
 * <pre>{@code
 * byte 0       length n of the header, 8 bytes, a multiple of 8
 * byte 8       header, JSON in UTF-8, filled up with spaces:
 *                {"__metadata__":{"format":"recommender4j","format_version":"1",
 *                                 "checksum":"crc32c HHHHHHHH DDDDDDDD",
 *                                 "a text":"its value", ...},
 *                 "a tensor":{"dtype":"F32","shape":[3,64],"data_offsets":[0,768]}, ...}
 * byte 8 + n   data: the tensors one after the other, row-major, without gaps, up to the end of the file;
 *              data_offsets [begin, end) count from here
 * }</pre>
 *
 * <p>All numbers are little-endian. {@code float[]} is stored as F32, {@code int[]} as I32, {@code long[]} as I64 and {@code
 * byte[]} as U8. {@code HHHHHHHH} is the CRC-32C of the bytes 0 to 8 + n with zeros in its own place, {@code DDDDDDDD} that of
 * the data, both as hexadecimal digits. Texts stand in the order of their names; tensors in the order I64, F32, I32, U8, and of
 * their names within. So the same model always gives the same bytes, in whatever order it was put together.
 *
 * <p>Writing and reading stream through a buffer of at most 256 KiB, at about the speed of the disk; reading needs the memory of the
 * arrays that it returns, and as much as three times the header for a moment. All methods may be called from any thread; they
 * complete whether or not it is interrupted, and leave its interrupt status as it is.
 */
public final class ModelFile {
    private ModelFile() {}

    /**
     * Writes a model in one step: whoever opens the file meanwhile, or after a crash, finds the old model or the new one. A file
     * that exists is replaced. If writing fails, the folder is left as it was.
     *
     * @param file where to; its folder must exist
     * @param state what to write; texts named {@code format}, {@code format_version} or {@code checksum} and a tensor named
     *     {@code __metadata__} are refused, and so are names and texts of more than 100 MB altogether
     * @throws IllegalArgumentException if the state cannot be written
     * @throws UncheckedIOException if the disk refuses, or the folder does not exist
     */
    public static void write(Path file, ModelState state) {
        Header header = Header.of(state);
        byte[] head = header.encode();
        AtomicFile.replace(file, out -> {
            out.seek(head.length);
            TensorData data = new TensorData(out, header.dataBytes());
            for (Header.Entry entry : header.entries()) {
                Object array = state.tensor(entry.name()).data();
                data.write(entry.dtype(), array, entry.elements());
            }
            // The head comes last, since it holds the checksum of the data.
            Seal.put(head, data.checksum());
            out.seek(0);
            out.write(head, 0, head.length);
        });
    }

    /**
     * Reads a model that {@link #write} has written. The header is checked, with its checksum and against the size of the
     * file, before anything is allocated for what it promises; the checksum of the data is checked before anything is returned.
     *
     * @param file the file to read
     * @return the model's texts by name, and its tensors in the order of the file
     * @throws ModelFormatException if the file is not a model, was truncated or altered, or does not fit in memory
     * @throws UncheckedIOException if the file does not exist or the disk fails
     */
    public static ModelState read(Path file) {
        return read(file, true);
    }

    /**
     * Reads the tensors of any safetensors file, such as factors that were trained elsewhere. F16, BF16 and F64 become {@code
     * float[]} (F64 is rounded); other types than these and the four that are written are refused. Nothing but the layout is
     * checked, unless {@link #write} has written the file: then its checksums are too.
     *
     * @param file the file to read
     * @return the tensors in the order of the file, and no texts
     * @throws ModelFormatException if the file is not a valid safetensors file, was truncated, has a tensor of another type or
     *     one of more than 2^31 - 9 elements, or does not fit in memory
     * @throws UncheckedIOException if the file does not exist or the disk fails
     */
    public static ModelState readTensors(Path file) {
        return read(file, false);
    }

    private static ModelState read(Path file, boolean model) {
        try {
            // Opening a pipe would wait for its other end, and a directory gives an error that does not say so.
            if (Files.isDirectory(file)) {
                throw new ModelFormatException(file, "is a directory, not a file");
            }
            if (!Files.isRegularFile(file)) {
                if (Files.exists(file)) {
                    throw new ModelFormatException(file, "is not a regular file");
                }
                throw new NoSuchFileException(file.toString(), null, "the file does not exist");
            }
            try (DiskFile in = DiskFile.read(file)) {
                return read(file, in, model);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    private static ModelState read(Path file, DiskFile in, boolean model) throws IOException {
        long size = in.size();
        byte[] head = readHead(file, in, size);
        boolean sealed = Seal.isOn(head);
        if (sealed) {
            Seal.checkHead(file, head);
        }
        Header header = HeaderParser.parse(file, head, size - head.length);
        if (model && !sealed) {
            throw new ModelFormatException(
                    file,
                    "is a safetensors file, but not one that Recommender4J wrote (its metadata does not begin with the format"
                            + " 'recommender4j'); its tensors alone can be read with ModelFile.readTensors");
        }
        checkMemory(file, header);
        ModelState state = new ModelState();
        TensorData data = new TensorData(in, header.dataBytes());
        for (Header.Entry entry : header.entries()) {
            Object array = data.read(file, entry.dtype(), entry.elements());
            state.put(entry.name(), new ModelState.Tensor(array, entry.shape()));
        }
        if (sealed) {
            Seal.checkData(file, head, data.checksum());
        }
        if (model) {
            header.texts().forEach((name, text) -> {
                if (!Seal.RESERVED.contains(name)) {
                    state.put(name, text);
                }
            });
        }
        return state;
    }

    private static byte[] readHead(Path file, DiskFile in, long size) throws IOException {
        // With the first byte of the header, so that most files of another kind end here.
        ByteBuffer begin = ByteBuffer.allocate(Long.BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);
        if (size < begin.capacity()) {
            throw new ModelFormatException(
                    file, size == 0 ? "is empty" : "ends after " + size + " bytes, in its header");
        }
        TensorData.readFully(file, in, begin);
        long length = begin.getLong(0);
        if (length <= 0 || length > size - Long.BYTES) {
            throw new ModelFormatException(
                    file,
                    "says at byte 0 that its header has " + Long.toUnsignedString(length) + " bytes, but the file has "
                            + size + ": it was truncated or is of another kind");
        }
        if (begin.get(Long.BYTES) != '{') {
            throw new ModelFormatException(file, "has no '{' at byte 8: it is not a safetensors file");
        }
        if (length > Header.MAX_BYTES) {
            throw new ModelFormatException(
                    file, "has a header of " + length + " bytes, more than the limit of " + Header.MAX_BYTES);
        }
        byte[] head = new byte[Long.BYTES + (int) length];
        ByteBuffer bytes = ByteBuffer.wrap(head).put(begin.flip());
        TensorData.readFully(file, in, bytes);
        return head;
    }

    private static void checkMemory(Path file, Header header) {
        long bytes = 0;
        for (Header.Entry entry : header.entries()) {
            bytes += (long) entry.elements() * entry.dtype().heapBytes();
        }
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new ModelFormatException(
                    file, "needs " + bytes + " bytes of memory, but the JVM may use " + most + " (option -Xmx)");
        }
    }
}
