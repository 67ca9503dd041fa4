package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextAnalyzerTest {
    private static Iterable<String> terms(String text) {
        return TextAnalyzer.standard().terms(text);
    }

    @Test
    void wordsOfLettersAndDigitsInLowerCase() {
        assertThat(terms("The Big-Lebowski (1998), don't!"))
                .containsExactly("the", "big", "lebowski", "1998", "don", "t");
        assertThat(terms("ÉTÉ Straße ΣΊΣΥΦΟΣ")).containsExactly("été", "straße", "σίσυφος");
        assertThat(terms("")).isEmpty();
        assertThat(terms(" \t...!\u0000")).isEmpty();
    }

    @Test
    void compositionMakesTheSameLettersEqual() {
        assertThat(terms("e\u0301t\u00e9")).isEqualTo(terms("\u00e9t\u00e9"));
        assertThat(terms("ＦＵＬＬ１")).containsExactly("full1");
        assertThat(terms("हिन्दी में")).containsExactly("हिन्दी", "में");
    }

    @Test
    void scriptsWithoutSpacesBecomePairs() {
        assertThat(terms("千と千尋")).containsExactly("千と", "と千", "千尋");
        assertThat(terms("七人の侍 Seven")).containsExactly("七人", "人の", "の侍", "seven");
        assertThat(terms("기생충")).containsExactly("기생", "생충");
        assertThat(terms("侍")).containsExactly("侍");
        assertThat(terms("ラーメン")).containsExactly("ラー", "ーメ", "メン");
        assertThat(terms("霸王别姬2")).containsExactly("霸王", "王别", "别姬", "2");
    }

    @Test
    void charactersBeyondSixteenBitsStayWhole() {
        assertThat(terms("𠮷野家")).containsExactly("𠮷野", "野家");
        assertThat(terms("𝐀bc")).containsExactly("abc");
        assertThat(terms("\uD83D\uDE00 ok \uD83D")).containsExactly("ok");
    }
}
