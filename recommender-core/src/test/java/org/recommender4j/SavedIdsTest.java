package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.IdMap;
import org.recommender4j.popularity.Popularity;

class SavedIdsTest {
    @TempDir
    Path folder;

    private <U, I> void roundTrip(Class<U> userType, Class<I> itemType, List<U> users, List<I> items) {
        Dataset<U, I> data = Dataset.<U, I>builder()
                .add(users.get(0), items.get(0))
                .add(users.get(1), items.get(0))
                .add(users.get(1), items.get(1))
                .add(users.get(0), items.get(2))
                .build();
        Recommender<U, I> before = new Popularity().fit(data);
        Path file = folder.resolve(userType.getSimpleName() + itemType.getSimpleName());
        before.save(file);
        Recommender<U, I> after = Recommender.load(file, userType, itemType);
        for (U user : users) {
            assertThat(after.recommend(user, 5)).isEqualTo(before.recommend(user, 5));
            assertThat(after.recommend(Request.<U, I>forUser(user).includeSeen())
                            .items())
                    .containsExactlyInAnyOrderElementsOf(items);
        }
        assertThat(after.audience(items.get(1), 5)).isEqualTo(before.audience(items.get(1), 5));
    }

    @Test
    void idsOfEachKindComeBack() {
        roundTrip(Long.class, Integer.class, List.of(Long.MIN_VALUE, -1L), List.of(Integer.MIN_VALUE, 0, 7));
        roundTrip(
                UUID.class,
                UUID.class,
                List.of(new UUID(0, 0), new UUID(-1, 1)),
                List.of(new UUID(5, -5), new UUID(-5, 5), new UUID(Long.MAX_VALUE, Long.MIN_VALUE)));
        roundTrip(String.class, String.class, List.of("\u00e9", "\u65e5\u672c"), List.of("a\uD83D\uDE00", "b c", "\n"));
    }

    @Test
    void idsThatCannotBeStoredAreNamed() {
        Dataset<Double, String> data =
                Dataset.<Double, String>builder().add(1.5, "x").build();
        Path file = folder.resolve("none");
        assertThatThrownBy(() -> new Popularity().fit(data).save(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user")
                .hasMessageContaining("Double");
        Dataset<Object, String> mixed =
                Dataset.<Object, String>builder().add("a", "x").add(1L, "x").build();
        assertThatThrownBy(() -> new Popularity().fit(mixed).save(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("String")
                .hasMessageContaining("Long");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void holesKeepTheirPlaces() {
        IdMap<String> ids = IdMap.create();
        for (String id : List.of("a", "b", "c", "d")) {
            ids.add(id);
        }
        ids.remove("a");
        ids.remove("c");
        IdMap<String> same = IdState.read(IdState.write(ids, 4, "user"), String.class, "user");
        assertThat(same.size()).isEqualTo(4);
        assertThat(same.indexOf("b")).isEqualTo(1);
        assertThat(same.indexOf("d")).isEqualTo(3);
        assertThat(same.indexOf("a")).isEqualTo(-1);
        assertThat(same.isHole(0) && same.isHole(2)).isTrue();
    }
}
