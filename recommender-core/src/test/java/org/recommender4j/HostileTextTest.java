package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.EventKinds;
import org.recommender4j.model.Options;

/** Text that no file could hold does not get in, wherever it tries to. */
class HostileTextTest {
    private static final String WHOLE = "a\uD83D\uDE00";

    private static void refused(String shown, Runnable action) {
        assertThatIllegalArgumentException()
                .isThrownBy(action::run)
                .withMessageContaining("half a surrogate pair")
                .withMessageContaining(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n\uD83D", "n\uDE00", "n\uD83E"})
    void halfASurrogatePairIsRefusedAndLeavesNoTrace(String half) {
        String shown = "n\\u" + Integer.toHexString(half.charAt(1)).toUpperCase(java.util.Locale.ROOT);
        DatasetBuilder<String, String> builder =
                Dataset.<String, String>builder().add("u", "i").itemCategories("i", "genre", "x");
        List<Consumer<DatasetBuilder<String, String>>> ways = List.of(
                b -> b.add(half, "new"),
                b -> b.add("new", half),
                b -> b.add("new", half, 2.0),
                b -> b.addEvent("new", half, "view"),
                b -> b.addUser(half),
                b -> b.addItem(half),
                b -> b.itemCategories(half, "genre", "y"),
                b -> b.itemCategories("new", half, "y"),
                b -> b.itemCategories("new", "genre", "y", half),
                b -> b.itemCategory("new", "genre", half, 2),
                b -> b.itemText("new", half, "y"),
                b -> b.itemText("new", "title", half),
                b -> b.itemNumber("new", half, 1),
                b -> b.itemVector("new", half, new float[1]),
                b -> b.userText("new", "title", half),
                b -> b.kind(half, 2));
        for (Consumer<DatasetBuilder<String, String>> way : ways) {
            refused(shown, () -> way.accept(builder));
        }
        refused(shown, () -> Options.fieldName("field", half));
        refused(shown, () -> EventKinds.defaults().with(half, 1));
        Dataset<String, String> data = builder.add(WHOLE, "i").build();
        assertThat(data.users().keys()).containsExactly("u", WHOLE);
        assertThat(data.items().keys()).containsExactly("i");
        assertThat(data.itemFeatures().categoryFields()).containsExactly("genre");
        assertThat(data.itemFeatures().values("genre")).containsExactly("x");
        assertThat(data.itemFeatures().textFields()).isEmpty();
    }

    @Test
    void asManyBracesAsAFileMayHaveDoNotOverflowTheStack() {
        for (String text : List.of(
                "Blend{members={".repeat(100_000) + "}}".repeat(100_000),
                "Fallback{members={".repeat(17) + "ItemKnn" + "}}".repeat(17),
                "Popularity, ".repeat(1_000_000) + "Popularity")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Algorithm.parseAll(text));
        }
        assertThat(Algorithm.parse("Fallback{members={Fallback{members={ItemKnn, Popularity}}, Popularity}}")
                        .name())
                .isEqualTo("Fallback");
    }
}
