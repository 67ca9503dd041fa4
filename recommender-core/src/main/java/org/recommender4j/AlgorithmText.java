package org.recommender4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Algorithms as text: {@code ImplicitAls{factors=64, seed=42}}, and lists of these separated by commas. */
final class AlgorithmText {
    /** Far beyond any sensible hybrid; a text may come from a file that somebody tampered with. */
    private static final int MAX_LENGTH = 1 << 16;

    private static final int MAX_DEPTH = 16;

    private AlgorithmText() {}

    static String print(Algorithm algorithm) {
        List<String> options = new ArrayList<>();
        algorithm.options().forEach((name, value) -> options.add(name + "=" + quote(name, value)));
        return options.isEmpty() ? algorithm.name() : algorithm.name() + "{" + String.join(", ", options) + "}";
    }

    /** A value that would be cut at a comma, or lose its blanks or braces, is put into braces. */
    private static String quote(String name, String value) {
        split(value, name);
        boolean plain = value.indexOf(',') < 0 && value.indexOf('{') < 0 && value.equals(value.strip());
        return plain ? value : "{" + value + "}";
    }

    static Algorithm parse(String text) {
        String trimmed = text.strip();
        int brace = trimmed.indexOf('{');
        if (brace < 0) {
            return Algorithm.named(trimmed);
        }
        if (!trimmed.endsWith("}")) {
            throw new IllegalArgumentException("'" + trimmed + "' does not end with the brace of its options");
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : split(trimmed.substring(brace + 1, trimmed.length() - 1), trimmed)) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + option.strip() + "' in '" + trimmed + "' is not NAME=VALUE");
            }
            String name = option.substring(0, equals).strip();
            if (options.put(name, unquote(option.substring(equals + 1).strip())) != null) {
                throw new IllegalArgumentException("option '" + name + "' is given twice in '" + trimmed + "'");
            }
        }
        return Algorithm.named(trimmed.substring(0, brace).strip()).with(options);
    }

    static List<Algorithm> parseAll(String text) {
        return split(text, text).stream().map(AlgorithmText::parse).toList();
    }

    private static String unquote(String value) {
        return value.startsWith("{") && value.endsWith("}") ? value.substring(1, value.length() - 1) : value;
    }

    /** Cuts at the commas outside of braces; nothing gives no part. */
    private static List<String> split(String text, String whole) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a list of algorithms or options of " + text.length()
                    + " characters is too long; at most " + MAX_LENGTH + " are read");
        }
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException(
                        "the braces of an algorithm can't be nested deeper than " + MAX_DEPTH);
            } else if (depth < 0) {
                break;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(begin, k));
                begin = k + 1;
            }
        }
        if (depth != 0) {
            throw new IllegalArgumentException("the braces of '" + whole + "' don't match");
        }
        if (!parts.isEmpty() || !text.isBlank()) {
            parts.add(text.substring(begin));
        }
        return parts;
    }
}
