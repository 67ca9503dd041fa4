package org.recommender4j.data;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words, and pairs of characters where words are not separated. */
final class StandardAnalyzer implements TextAnalyzer {
    static final StandardAnalyzer INSTANCE = new StandardAnalyzer();

    private static final Set<Character.UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL,
            Character.UnicodeScript.THAI,
            Character.UnicodeScript.LAO,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR);
    private static final int PROLONGED_SOUND_MARK = 0x30FC;

    private enum Kind {
        OTHER,
        WORD,
        PAIRS
    }

    private StandardAnalyzer() {}

    @Override
    public List<String> terms(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        List<String> terms = new ArrayList<>();
        int begin = 0;
        Kind kind = Kind.OTHER;
        for (int k = 0; k < folded.length(); ) {
            int character = folded.codePointAt(k);
            Kind next = kind(character, kind);
            if (next != kind) {
                add(folded, begin, k, kind, terms);
                begin = k;
                kind = next;
            }
            k += Character.charCount(character);
        }
        add(folded, begin, folded.length(), kind, terms);
        return terms;
    }

    private static Kind kind(int character, Kind before) {
        int type = Character.getType(character);
        boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        if (mark) {
            return before;
        }
        if (character == PROLONGED_SOUND_MARK) {
            return Kind.PAIRS;
        }
        if (!Character.isLetterOrDigit(character)) {
            return Kind.OTHER;
        }
        return WITHOUT_SPACES.contains(Character.UnicodeScript.of(character)) ? Kind.PAIRS : Kind.WORD;
    }

    private static void add(String text, int begin, int end, Kind kind, List<String> terms) {
        if (kind == Kind.WORD) {
            terms.add(text.substring(begin, end));
        } else if (kind == Kind.PAIRS) {
            int first = begin;
            int second = next(text, first, end);
            if (second == end) {
                terms.add(text.substring(begin, end));
            }
            while (second < end) {
                int third = next(text, second, end);
                terms.add(text.substring(first, third));
                first = second;
                second = third;
            }
        }
    }

    /** Returns where the character after the one at {@code k} begins; marks belong to the character before them. */
    private static int next(String text, int k, int end) {
        int at = k + Character.charCount(text.codePointAt(k));
        while (at < end) {
            int type = Character.getType(text.codePointAt(at));
            if (type != Character.NON_SPACING_MARK && type != Character.COMBINING_SPACING_MARK) {
                break;
            }
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }
}
