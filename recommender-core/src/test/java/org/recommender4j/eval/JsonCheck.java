package org.recommender4j.eval;

import java.util.regex.Pattern;

/** Checks that a text is JSON (RFC 8259), by reducing its innermost parts until one value is left. */
public final class JsonCheck {
    private static final Pattern STRING =
            Pattern.compile("\"(?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-f]{4}))*\"");
    private static final Pattern PLAIN =
            Pattern.compile("(?<![\\w.])(?:true|false|null|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)(?![\\w.])");
    private static final Pattern INNER = Pattern.compile("\\[(?:[VS](?:,[VS])*)?]|\\{(?:S:[VS](?:,S:[VS])*)?}");

    private JsonCheck() {}

    public static void check(String json) {
        String rest = PLAIN.matcher(STRING.matcher(json).replaceAll("S")).replaceAll("V");
        String before = "";
        while (!before.equals(rest)) {
            before = rest;
            rest = INNER.matcher(rest).replaceAll("V");
        }
        if (!rest.equals("V")) {
            throw new AssertionError("no JSON, what is left: " + rest.substring(0, Math.min(400, rest.length())));
        }
    }
}
