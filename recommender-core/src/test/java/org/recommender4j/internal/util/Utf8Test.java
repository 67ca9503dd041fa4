package org.recommender4j.internal.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8Test {
    /** Whatever is written comes back, and what would not is refused. */
    @Test
    void textSurvivesOrIsRefused() {
        SplittableRandom random = new SplittableRandom(1);
        char[] some = {'a', '\0', '\u00e9', '\u4e16', '\uFFFD', '\uFFFF', '\uD83D', '\uDE00', '\uDBFF', '\uDC00'};
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(6); k > 0; k--) {
                text.append(some[random.nextInt(some.length)]);
            }
            String written = text.toString();
            boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(written);
            if (whole) {
                byte[] bytes = Utf8.encode(written);
                assertThat(Utf8.decode(bytes, 0, bytes.length)).isEqualTo(written);
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Utf8.encode(written))
                        .withMessageContaining("half a surrogate pair at index");
            }
        }
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        for (byte[] bytes : new byte[][] {
            {(byte) 0x80},
            {(byte) 0xC3},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xFF}
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Utf8.decode(bytes, 0, bytes.length))
                    .withMessageContaining("no UTF-8");
        }
        for (int[] range : new int[][] {{-1, 1}, {0, -1}, {0, 4}, {3, 1}, {Integer.MAX_VALUE, 1}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Utf8.decode(new byte[3], range[0], range[1]));
        }
        assertThat(Utf8.decode(new byte[3], 3, 0)).isEmpty();
    }

    @Test
    void messagesShowWhatCannotBePrinted() {
        assertThat(Utf8.shown("a\uD83D\n")).isEqualTo("'a\\uD83D\\u000A'");
        assertThat(Utf8.shown("x".repeat(100))).hasSize(65).endsWith("...'");
    }
}
