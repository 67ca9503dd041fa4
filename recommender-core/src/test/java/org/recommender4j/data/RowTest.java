package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTest {
    private static Row row(String... fields) {
        Row row = new Row();
        row.handleBegin(1);
        for (int k = 0; k < fields.length; k++) {
            char[] chars = ("ab" + fields[k] + "c").toCharArray();
            row.handleField(k, chars, 2, fields[k].length(), false);
        }
        return row;
    }

    @Test
    void numbersAreThoseOfTheJdk() {
        SplittableRandom random = new SplittableRandom(5);
        for (int k = 0; k < 20_000; k++) {
            String text = BigDecimal.valueOf(random.nextLong() >> random.nextInt(63), random.nextInt(19))
                    .toPlainString();
            assertThat(row("x", text).number(1, "n")).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "5",
                "4.0",
                "4.",
                ".5",
                "-.5",
                "1e3",
                "+7",
                " 3 ",
                "123456789012345",
                "1234567890123456789",
                "0.1",
                "0.000000000000001",
                "999999999999999",
                "NaN",
                "-Infinity",
                "-12345678901234.5",
                "00012.50"
            })
    void allFormsOfNumbersAreRead(String text) {
        assertThat(Double.valueOf(row(text).number(0, "n"))).isEqualTo(Double.valueOf(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "-.", "abc", "1,5", "4 5", "--1", "1.2.3", "1-", "\u0661"})
    void whatIsNoNumberIsNamed(String text) {
        assertThatThrownBy(() -> row("x", text).number(1, "rating"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rating '" + text + "' is not a number");
    }

    @Test
    void wholeNumbersAreThoseOfTheJdk() {
        SplittableRandom random = new SplittableRandom(6);
        for (int k = 0; k < 20_000; k++) {
            long number = random.nextLong() >> random.nextInt(63);
            assertThat(row(String.valueOf(number)).integer(0, "n")).isEqualTo(number);
        }
        assertThat(row(" 12 ").integer(0, "n")).isEqualTo(12);
        assertThat(row(String.valueOf(Long.MIN_VALUE)).integer(0, "n")).isEqualTo(Long.MIN_VALUE);
        String tooLarge = BigInteger.ONE.shiftLeft(63).toString();
        for (String text : new String[] {"", "-", "1.0", "x", "1e3", tooLarge}) {
            assertThatThrownBy(() -> row(text).integer(0, "time"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("time '" + text + "' is not a whole number");
        }
    }

    @Test
    void textsSurviveManyAndLongFields() {
        String[] fields = new String[100];
        for (int k = 0; k < fields.length; k++) {
            fields[k] = "\u4e16" + "x".repeat(k * 7) + k;
        }
        assertThat(row(fields).texts()).containsExactly(fields);
        assertThat(row(fields).fields()).isEqualTo(100);
        Row row = row("abc", "x");
        assertThat(row.text(0)).isSameAs(row.text(0));
        row.handleBegin(2);
        row.handleField(0, new char[] {'a', 'b', 'd'}, 0, 3, false);
        assertThat(row.text(0)).isEqualTo("abd");
        assertThat(row.line()).isEqualTo(2);
        assertThat(row.fields()).isEqualTo(1);
    }
}
