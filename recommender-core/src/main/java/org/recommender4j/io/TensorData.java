package org.recommender4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.recommender4j.internal.disk.DiskFile;

/** Moves arrays to and from a file, one after the other, through one buffer of fixed size, and sums up their checksum. */
final class TensorData {
    private static final int BUFFER_BYTES = 1 << 18;

    private final DiskFile disk;
    private final ByteBuffer buffer;
    private final CRC32C checksum = new CRC32C();

    /** Begins at the file's position, for the given number of bytes in all. */
    TensorData(DiskFile disk, long bytes) {
        this.disk = disk;
        this.buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the checksum of all bytes so far. */
    CRC32C checksum() {
        return checksum;
    }

    /** Writes all elements of an array. */
    void write(Dtype dtype, Object data, int elements) throws IOException {
        int most = buffer.capacity() / dtype.bytes();
        for (int from = 0; from < elements; ) {
            int count = Math.min(most, elements - from);
            buffer.clear();
            switch (dtype) {
                case I64 -> buffer.asLongBuffer().put((long[]) data, from, count);
                case F32 -> buffer.asFloatBuffer().put((float[]) data, from, count);
                case I32 -> buffer.asIntBuffer().put((int[]) data, from, count);
                case U8 -> buffer.put((byte[]) data, from, count).clear();
                case F64, F16, BF16 -> throw new AssertionError(dtype);
            }
            buffer.limit(count * dtype.bytes());
            checksum.update(buffer.duplicate());
            disk.write(buffer.array(), 0, buffer.limit());
            from += count;
        }
    }

    /** Reads the elements of an array; the file is for messages. */
    Object read(Path file, Dtype dtype, int elements) throws IOException {
        Object data = dtype.allocate(elements);
        int most = buffer.capacity() / dtype.bytes();
        for (int from = 0; from < elements; ) {
            int count = Math.min(most, elements - from);
            buffer.clear().limit(count * dtype.bytes());
            readFully(file, disk, buffer);
            buffer.flip();
            checksum.update(buffer.duplicate());
            switch (dtype) {
                case I64 -> buffer.asLongBuffer().get((long[]) data, from, count);
                case F32 -> buffer.asFloatBuffer().get((float[]) data, from, count);
                case I32 -> buffer.asIntBuffer().get((int[]) data, from, count);
                case U8 -> buffer.get((byte[]) data, from, count);
                case F64, F16, BF16 -> convert(dtype, (float[]) data, from, count);
            }
            from += count;
        }
        return data;
    }

    /** Fills a buffer up to its limit. */
    static void readFully(Path file, DiskFile disk, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            int n = disk.read(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            if (n < 0) {
                throw new ModelFormatException(file, "became shorter while it was read");
            }
            buffer.position(buffer.position() + n);
        }
    }

    private void convert(Dtype dtype, float[] data, int from, int count) {
        for (int i = 0; i < count; i++) {
            data[from + i] = switch (dtype) {
                case F64 -> (float) buffer.getDouble(i * Double.BYTES);
                case F16 -> half(buffer.getShort(i * Short.BYTES));
                default -> Float.intBitsToFloat(buffer.getShort(i * Short.BYTES) << 16);
            };
        }
    }

    /** Returns the value of an IEEE 754 binary16, exactly. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0) {
            float value = fraction * 0x1p-24f;
            return bits < 0 ? -value : value;
        }
        int sign = bits & 0x8000;
        return Float.intBitsToFloat(sign << 16 | (exponent == 31 ? 255 : exponent + 112) << 23 | fraction << 13);
    }
}
