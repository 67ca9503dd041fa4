package org.recommender4j.eval.report;

/** Texts and tables of an HTML page that is well-formed XML, too. */
final class Html {
    private Html() {}

    /** Makes a text stand for itself inside of elements and of attributes in double quotes. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    private static boolean isAllowed(int c) {
        boolean control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
        return !control && !(c >= 0xD800 && c < 0xE000) && (c & 0xFFFE) != 0xFFFE;
    }
}
