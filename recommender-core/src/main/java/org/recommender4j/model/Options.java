package org.recommender4j.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.recommender4j.internal.util.Arguments;
import org.recommender4j.internal.util.Utf8;

/**
 * The options of an algorithm by name: how each is read from and written to its builder as text. One line per option gives
 * an algorithm its configuration in model files, on command lines and in a tuning's search space.
 *
 * <pre>{@code
 * private static final Options<Builder> OPTIONS = Options.<Builder>of("ImplicitAls")
 *     .integer("factors", b -> b.factors, Builder::factors)
 *     .number("regularization", b -> b.regularization, Builder::regularization);
 * }</pre>
 *
 * <p>Immutable once it is used; thread-safe then.
 *
 * @param <B> the builder, whose setters check the values
 */
public final class Options<B> {
    private final String algorithm;
    private final Map<String, Option<B>> options = new LinkedHashMap<>();

    private record Option<B>(Function<B, String> print, BiConsumer<B, String> parse, BiConsumer<B, B> copy) {}

    private Options(String algorithm) {
        this.algorithm = algorithm;
    }

    /** Returns a table without options for the algorithm of this name. */
    public static <B> Options<B> of(String algorithm) {
        return new Options<>(algorithm);
    }

    /** Adds a whole number; returns this. */
    public Options<B> integer(String name, Function<B, Integer> get, BiConsumer<B, Integer> set) {
        return option(name, get, set, Object::toString, text -> Integer.valueOf(text.trim()));
    }

    /** Adds a 64-bit whole number; returns this. */
    public Options<B> longInteger(String name, Function<B, Long> get, BiConsumer<B, Long> set) {
        return option(name, get, set, Object::toString, text -> Long.valueOf(text.trim()));
    }

    /** Adds a number; returns this. */
    public Options<B> number(String name, Function<B, Double> get, BiConsumer<B, Double> set) {
        return option(name, get, set, Object::toString, text -> Double.valueOf(text.trim()));
    }

    /** Adds a switch, {@code true} or {@code false}; returns this. */
    public Options<B> flag(String name, Function<B, Boolean> get, BiConsumer<B, Boolean> set) {
        return option(name, get, set, Object::toString, text -> parseFlag(text.trim()));
    }

    /** Adds a choice of an enumeration, written in lower case and read in any; returns this. */
    public <E extends Enum<E>> Options<B> choice(String name, Class<E> type, Function<B, E> get, BiConsumer<B, E> set) {
        return option(
                name, get, set, value -> value.name().toLowerCase(Locale.ROOT), text -> parseChoice(type, text.trim()));
    }

    /** Adds a text; returns this. */
    public Options<B> text(String name, Function<B, String> get, BiConsumer<B, String> set) {
        return option(name, get, set, value -> value, text -> text);
    }

    /** Adds an option of any type with its way to text and back; returns this. Values must be immutable. */
    public <T> Options<B> option(
            String name,
            Function<B, T> get,
            BiConsumer<B, T> set,
            Function<T, String> print,
            Function<String, T> parse) {
        options.put(
                name,
                new Option<>(
                        b -> print.apply(get.apply(b)),
                        (b, text) -> set.accept(b, parse.apply(text)),
                        (from, to) -> set.accept(to, get.apply(from))));
        return this;
    }

    /** Copies all options of a builder to another one, which is returned. */
    public B copy(B from, B to) {
        options.values().forEach(option -> option.copy.accept(from, to));
        return to;
    }

    /** Returns all options of a builder by name, in the order of the table. */
    public Map<String, String> print(B builder) {
        Map<String, String> result = new LinkedHashMap<>();
        options.forEach((name, option) -> result.put(name, option.print.apply(builder)));
        return result;
    }

    /**
     * Sets the named options of a builder and returns it. They are set in the order of the table, whatever that of the map, so
     * that the same options always give the same builder.
     *
     * @throws IllegalArgumentException if a name is unknown, or a value is not of its type or out of range
     */
    public B apply(Map<String, String> values, B builder) {
        for (String name : values.keySet()) {
            if (!options.containsKey(name)) {
                throw new IllegalArgumentException(
                        algorithm + " has no option '" + name + "', only " + options.keySet());
            }
        }
        options.forEach((name, option) -> {
            String value = values.get(name);
            if (value != null) {
                set(builder, name, option, value);
            }
        });
        return builder;
    }

    private void set(B builder, String name, Option<B> option, String value) {
        try {
            option.parse.accept(builder, value);
        } catch (IllegalArgumentException e) {
            String reason =
                    e instanceof NumberFormatException ? "not a number of its type" : String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    algorithm + " option '" + name + "' can't be '" + value + "': " + reason, e);
        }
    }

    private static boolean parseFlag(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        } else if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException("neither true nor false");
    }

    private static <E extends Enum<E>> E parseChoice(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "none of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the name of a field, possibly empty.
     *
     * @throws IllegalArgumentException if it has control characters or half a surrogate pair
     */
    public static String fieldName(String name, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " must not have control characters");
        }
        return Utf8.require(name, value);
    }

    /**
     * Returns the value if it lies in the range.
     *
     * @throws IllegalArgumentException that names the option, the range and the value
     */
    public static int inRange(String name, int value, int min, int max) {
        return Arguments.inRange(name, value, min, max);
    }

    /**
     * Returns the value if it lies in the range, bounds included.
     *
     * @throws IllegalArgumentException that names the option, the range and the value
     */
    public static double inRange(String name, double value, double min, double max) {
        return Arguments.inRange(name, value, min, max);
    }
}
