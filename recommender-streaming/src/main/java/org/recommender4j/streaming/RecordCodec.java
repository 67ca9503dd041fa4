package org.recommender4j.streaming;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.recommender4j.internal.util.Utf8;

/**
 * Events and the like as bytes of the journal.
 *
 * <pre>{@code
 * event    4 | user | item | kind | flags | weight 4 | [value 8] [seconds 8] [duration 8] [id] [session] [count 4 (key value)*]
 * fact     2 | item | which | ...
 * forget   3 | user
 * id       tag 1 | String: text | Long: 8 | Integer: 4 | UUID: 16
 * text     length 4 | UTF-8
 * }</pre>
 *
 * <p>Numbers are big-endian; the time of an event is that of its record. An event carries its effect: what a kind weighs is an
 * option, and reading must not depend on options. Kind 1 was an event without.
 */
final class RecordCodec<U, I> {
    private static final int EVENT_WITHOUT_EFFECT = 1;
    private static final int EVENT = 4;
    private static final int FACT = 2;
    private static final int FORGET = 3;

    private final Class<U> userType;
    private final Class<I> itemType;

    /** Takes what a record says. */
    interface Visitor<U, I> {
        void event(Event<U, I> event, Effect effect);

        void fact(I item, ItemFact fact);

        void forget(U user);
    }

    RecordCodec(Class<U> userType, Class<I> itemType) {
        this.userType = userType;
        this.itemType = itemType;
    }

    Class<U> users() {
        return userType;
    }

    Class<I> items() {
        return itemType;
    }

    /** Writes a record. */
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] event(Event<?, ?> event, Effect effect) {
        return bytes(out -> {
            out.writeByte(EVENT);
            writeId(out, event.user());
            writeId(out, event.item());
            writeText(out, event.kind());
            String id = event.idOrNull();
            String session = event.sessionOrNull();
            boolean watched = !Double.isNaN(event.seconds());
            out.writeByte((Double.isNaN(event.value()) ? 0 : 1)
                    | (watched ? 2 : 0)
                    | (id == null ? 0 : 4)
                    | (session == null ? 0 : 8)
                    | (event.context().isEmpty() ? 0 : 16)
                    | (effect.replaces() ? 32 : 0)
                    | (effect.derived() ? 64 : 0));
            out.writeFloat(effect.weight());
            if (!Double.isNaN(event.value())) {
                out.writeDouble(event.value());
            }
            if (watched) {
                out.writeDouble(event.seconds());
                out.writeDouble(event.duration());
            }
            if (id != null) {
                writeText(out, id);
            }
            if (session != null) {
                writeText(out, session);
            }
            if (!event.context().isEmpty()) {
                out.writeInt(event.context().size());
                for (Map.Entry<String, String> entry : event.context().entrySet()) {
                    writeText(out, entry.getKey());
                    writeText(out, entry.getValue());
                }
            }
        });
    }

    static byte[] fact(Object item, ItemFact fact) {
        return bytes(out -> {
            out.writeByte(FACT);
            writeId(out, item);
            if (fact instanceof ItemFact.Categories categories) {
                out.writeByte(1);
                writeText(out, categories.field());
                out.writeInt(categories.values().size());
                for (String value : categories.values()) {
                    writeText(out, value);
                }
            } else if (fact instanceof ItemFact.Numeric number) {
                out.writeByte(2);
                writeText(out, number.field());
                out.writeDouble(number.value());
            } else if (fact instanceof ItemFact.Text text) {
                out.writeByte(3);
                writeText(out, text.field());
                writeText(out, text.value());
            } else if (fact instanceof ItemFact.Vector vector) {
                out.writeByte(4);
                writeText(out, vector.field());
                out.writeInt(vector.value().length);
                for (float value : vector.value()) {
                    out.writeFloat(value);
                }
            } else {
                out.writeByte(0);
            }
        });
    }

    static byte[] forget(Object user) {
        return bytes(out -> {
            out.writeByte(FORGET);
            writeId(out, user);
        });
    }

    private static void writeId(DataOutputStream out, Object id) throws IOException {
        if (id instanceof String text) {
            out.writeByte(0);
            writeText(out, text);
        } else if (id instanceof Long number) {
            out.writeByte(1);
            out.writeLong(number);
        } else if (id instanceof Integer number) {
            out.writeByte(2);
            out.writeInt(number);
        } else if (id instanceof UUID uuid) {
            out.writeByte(3);
            out.writeLong(uuid.getMostSignificantBits());
            out.writeLong(uuid.getLeastSignificantBits());
        } else {
            throw new IllegalArgumentException("ids of type " + id.getClass().getName()
                    + " can't be written to a journal; String, Long, Integer and UUID can");
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = Utf8.encode(text);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Gives what a record says to the visitor.
     *
     * @throws IllegalArgumentException if the bytes are no record, or ids are of another type
     */
    void read(byte[] record, long time, Visitor<U, I> visitor) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            int kind = in.readByte();
            if (kind == EVENT) {
                readEvent(in, time, visitor);
            } else if (kind == FACT) {
                visitor.fact(cast(itemType, readId(in), "item"), readFact(in));
            } else if (kind == FORGET) {
                visitor.forget(cast(userType, readId(in), "user"));
            } else if (kind == EVENT_WITHOUT_EFFECT) {
                throw new IllegalArgumentException("an event of an earlier format, which does not say what it weighs");
            } else {
                throw new IllegalArgumentException("unknown kind of record " + kind);
            }
        } catch (EOFException e) {
            throw new IllegalArgumentException("a record of " + record.length + " bytes is too short", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the user that a record is of or about; empty if there is none. */
    static Optional<Object> userOf(byte[] record) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            int kind = in.readByte();
            return kind == EVENT || kind == EVENT_WITHOUT_EFFECT || kind == FORGET
                    ? Optional.of(readId(in))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Tells whether a record is a wish to be forgotten. */
    static boolean isForget(byte[] record) {
        return record.length > 0 && record[0] == FORGET;
    }

    private void readEvent(DataInputStream in, long time, Visitor<U, I> visitor) throws IOException {
        U user = cast(userType, readId(in), "user");
        I item = cast(itemType, readId(in), "item");
        String kind = readText(in);
        int flags = in.readByte();
        Effect effect = new Effect(in.readFloat(), (flags & 32) != 0, (flags & 64) != 0);
        double value = (flags & 1) == 0 ? Double.NaN : in.readDouble();
        Event<U, I> event = (flags & 2) == 0
                ? Event.of(user, item, kind)
                : Event.<U, I>watch(user, item, in.readDouble(), in.readDouble());
        if (!Double.isNaN(value)) {
            event = event.withValue(value);
        }
        if ((flags & 4) != 0) {
            event = event.withId(readText(in));
        }
        if ((flags & 8) != 0) {
            event = event.withSession(readText(in));
        }
        if ((flags & 16) != 0) {
            Map<String, String> context = new LinkedHashMap<>();
            for (int k = length(in); k > 0; k--) {
                context.put(readText(in), readText(in));
            }
            event = event.withContext(context);
        }
        visitor.event(event.at(time), effect);
    }

    private static ItemFact readFact(DataInputStream in) throws IOException {
        int which = in.readByte();
        if (which == 0) {
            return new ItemFact.Exists();
        }
        String field = readText(in);
        switch (which) {
            case 1 -> {
                List<String> values = new ArrayList<>();
                for (int k = length(in); k > 0; k--) {
                    values.add(readText(in));
                }
                return new ItemFact.Categories(field, values);
            }
            case 2 -> {
                return new ItemFact.Numeric(field, in.readDouble());
            }
            case 3 -> {
                return new ItemFact.Text(field, readText(in));
            }
            case 4 -> {
                float[] vector = new float[length(in)];
                for (int k = 0; k < vector.length; k++) {
                    vector[k] = in.readFloat();
                }
                return new ItemFact.Vector(field, vector);
            }
            default -> throw new IllegalArgumentException("unknown kind of feature " + which);
        }
    }

    private static Object readId(DataInputStream in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case 0 -> readText(in);
            case 1 -> in.readLong();
            case 2 -> in.readInt();
            case 3 -> new UUID(in.readLong(), in.readLong());
            default -> throw new IllegalArgumentException("unknown type of id " + tag);
        };
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(length(in));
        return Utf8.decode(bytes, 0, bytes.length);
    }

    /** Trusts no length beyond what is left. */
    private static int length(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException();
        }
        return length;
    }

    private static <K> K cast(Class<K> type, Object id, String what) {
        if (!type.isInstance(id)) {
            throw new IllegalArgumentException(
                    what + " ids are of type " + id.getClass().getSimpleName() + ", not " + type.getSimpleName());
        }
        return type.cast(id);
    }
}
