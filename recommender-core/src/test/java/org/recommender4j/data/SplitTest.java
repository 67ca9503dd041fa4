package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recommender4j.data.Matrices.row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitTest {
    private static final Interactions DATA = Matrices.random(83, 61, 0.11, true, 5);

    static Stream<LongFunction<Split>> splits() {
        return Stream.of(
                seed -> Split.random(DATA, 0.2, seed),
                seed -> Split.perUser(DATA, 0.2, seed),
                seed -> Split.lastOut(DATA),
                seed -> Split.lastN(DATA, 3),
                seed -> Split.byTime(DATA, 0.25),
                seed -> Split.byTime(DATA, Instant.ofEpochSecond(17)),
                seed -> Split.kFold(DATA, 5, seed).get(3),
                seed -> Split.coldItems(DATA, 0.3, seed),
                seed -> Split.coldUsers(DATA, 0.3, seed));
    }

    private static List<String> entries(Interactions data) {
        List<String> result = new ArrayList<>();
        for (int r = 0; r < data.rows(); r++) {
            for (int p = data.begin(r); p < data.end(r); p++) {
                result.add(r + "," + data.column(p) + "," + data.weight(p) + "," + data.time(p));
            }
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("splits")
    void bothPartsTogetherAreTheWholeAndShareNothing(LongFunction<Split> maker) {
        Split split = maker.apply(1);
        List<String> both = new ArrayList<>(entries(split.train()));
        both.addAll(entries(split.test()));
        assertThat(both).containsExactlyInAnyOrderElementsOf(entries(DATA));
        assertThat(split.train().rows()).isEqualTo(DATA.rows());
        assertThat(split.test().rows()).isEqualTo(DATA.rows());
        assertThat(split.train().columns()).isEqualTo(DATA.columns());
        assertThat(split.test().columns()).isEqualTo(DATA.columns());
        assertThat(split.train().size()).isPositive();
        assertThat(split.test().size()).isPositive();
        Split.of(split.train(), split.test());
    }

    @ParameterizedTest
    @MethodSource("splits")
    void theSameSeedGivesTheSameSplit(LongFunction<Split> maker) {
        assertThat(entries(maker.apply(7).test()))
                .isEqualTo(entries(maker.apply(7).test()));
    }

    @Test
    void anotherSeedGivesAnotherSplit() {
        assertThat(entries(Split.random(DATA, 0.2, 1).test()))
                .isNotEqualTo(entries(Split.random(DATA, 0.2, 2).test()));
        assertThat(entries(Split.perUser(DATA, 0.2, 1).test()))
                .isNotEqualTo(entries(Split.perUser(DATA, 0.2, 2).test()));
        assertThat(Split.coldItems(DATA, 0.2, 1).newItems())
                .isNotEqualTo(Split.coldItems(DATA, 0.2, 2).newItems());
    }

    @Test
    void randomHoldsOutTheShare() {
        assertThat(Split.random(DATA, 0.2, 3).test().size()).isEqualTo((int) Math.round(DATA.size() * 0.2));
    }

    @Test
    void perUserHoldsOutTheShareOfEachUser() {
        for (double share : new double[] {0.2, 0.5, 0.99}) {
            Split split = Split.perUser(DATA, share, 3);
            for (int r = 0; r < DATA.rows(); r++) {
                int length = DATA.length(r);
                int expected = (int) Math.max(0, Math.min(length - 1, Math.round(length * share)));
                assertThat(split.test().length(r))
                        .as("user %s of %s", r, length)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void randomnessTreatsPlacesAlike() {
        // A shuffle that favours places would show: each of 10 entries is held out in about 2 of 10 splits.
        Interactions one = Matrices.of(10, row(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        int[] counts = new int[10];
        for (int seed = 0; seed < 2000; seed++) {
            for (int column : Split.perUser(one, 0.2, seed).test().columnIndices()) {
                counts[column]++;
            }
        }
        assertThat(IntStream.of(counts)).allSatisfy(count -> assertThat(count).isBetween(330, 470));
    }

    @Test
    void lastNTakesTheNewestAndTheLargerColumnAtTheSameTime() {
        Interactions data = Interactions.of(
                9, new int[] {0, 4, 5, 5}, new int[] {1, 3, 4, 8, 2}, null, new long[] {50, 20, 50, 10, 5});
        Split last = Split.lastOut(data);
        assertThat(last.test().row(0)).containsExactly(4);
        assertThat(last.test().length(1))
                .as("a single interaction stays in training")
                .isZero();
        assertThat(Split.lastN(data, 2).test().row(0)).containsExactly(1, 4);
        assertThat(Split.lastN(data, 9).train().row(0)).as("the oldest stays").containsExactly(8);
    }

    @Test
    void aSplitByTimeNeverTrainsOnTheFuture() {
        for (double share : new double[] {0.01, 0.1, 0.5, 0.9}) {
            Split split = Split.byTime(DATA, share);
            assertThat(split.trainsOnFuture()).isFalse();
            assertThat(split.test().size()).isGreaterThanOrEqualTo((int) Math.round(DATA.size() * share));
            long newest = 0;
            for (int p = 0; p < split.train().size(); p++) {
                newest = Math.max(newest, split.train().time(p));
            }
            for (int p = 0; p < split.test().size(); p++) {
                assertThat(split.test().time(p))
                        .as("not even at the same instant")
                        .isGreaterThan(newest);
            }
        }
        assertThat(Split.random(DATA, 0.2, 1).trainsOnFuture()).isTrue();
    }

    @Test
    void foldsAreDisjointAndOfEqualSize() {
        List<Split> folds = Split.kFold(DATA, 7, 11);
        List<String> all = new ArrayList<>();
        for (Split fold : folds) {
            all.addAll(entries(fold.test()));
            assertThat(fold.test().size()).isBetween(DATA.size() / 7, DATA.size() / 7 + 1);
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(entries(DATA));
    }

    @Test
    void coldItemsAndUsersAreUnknownInTraining() {
        Split items = Split.coldItems(DATA, 0.3, 4);
        assertThat(items.newItems()).hasSize((int) Math.round(DATA.columns() * 0.3));
        TreeSet<Integer> tested = new TreeSet<>();
        for (int column : items.test().columnIndices()) {
            tested.add(column);
        }
        assertThat(items.newItems())
                .containsExactly(tested.stream().mapToInt(i -> i).toArray());
        Split users = Split.coldUsers(DATA, 0.3, 4);
        assertThat(users.newUsers()).hasSize((int) Math.round(DATA.rows() * 0.3));
        assertThat(IntStream.of(users.newUsers()))
                .allSatisfy(user -> assertThat(users.train().length(user)).isZero());
    }

    @Test
    void leaksAreFound() {
        Interactions train = Matrices.of(4, row(0, 2), row(1, 3));
        assertThatThrownBy(() -> Split.of(train, Matrices.of(4, row(1), row(0, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1 and column 3");
        assertThatThrownBy(() -> Split.of(train, Matrices.of(5, row(1), row(0))))
                .hasMessageContaining("same shape");
        assertThat(Split.of(train, Matrices.of(4, row(1, 3), row(0, 2))).test().size())
                .isEqualTo(4);
    }

    @Test
    void aUsersOwnFutureIsKeptOutBySplitsOfTheNewest() {
        assertThat(Split.lastN(DATA, 3).trainsOnOwnFuture()).isFalse();
        assertThat(Split.lastN(DATA, 3).trainsOnFuture())
                .as("but that of others is not")
                .isTrue();
        assertThat(Split.byTime(DATA, 0.2).trainsOnOwnFuture()).isFalse();
        assertThat(Split.perUser(DATA, 0.2, 1).trainsOnOwnFuture()).isTrue();
        assertThatThrownBy(() ->
                        Split.random(Matrices.of(3, row(0, 1, 2)), 0.5, 1).trainsOnOwnFuture())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aValidationPartIsCutFromTheTrainingPartAlone() {
        Split split = Split.byTime(DATA, 0.2);
        Split validation = split.validation(train -> Split.byTime(train, 0.2));
        List<String> three = new ArrayList<>(entries(validation.train()));
        three.addAll(entries(validation.test()));
        assertThat(three).containsExactlyInAnyOrderElementsOf(entries(split.train()));
        assertThat(validation.trainsOnFuture()).isFalse();
        Split.of(validation.test(), split.test());
    }

    @Test
    void aValidationPartWithAnythingElseIsALeak() {
        Split split = Split.random(DATA, 0.2, 1);
        assertThatThrownBy(() -> split.validation(train -> Split.random(DATA, 0.2, 2)))
                .hasMessageContaining("must cut the training part");
        assertThatThrownBy(() -> split.validation(train -> Split.random(split.test(), 0.2, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        Interactions train = Matrices.of(4, row(0, 1));
        Split small = Split.of(train, Matrices.of(4, row(2)));
        assertThatThrownBy(() -> small.validation(t -> Split.of(Matrices.of(4, row(0)), Matrices.of(4, row(2)))))
                .as("as many entries, but one of the test part")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void badArgumentsAreNamed() {
        Interactions timeless = Matrices.of(4, row(0, 2), row(1, 3));
        for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> Split.random(DATA, share, 1))
                    .hasMessageContaining("share must be in (0, 1), but is");
        }
        assertThatThrownBy(() -> Split.lastOut(timeless)).hasMessageContaining("has no times");
        assertThatThrownBy(() -> Split.byTime(timeless, 0.5)).hasMessageContaining("has no times");
        assertThatThrownBy(() -> Split.byTime(DATA, Instant.EPOCH)).hasMessageContaining("one side");
        assertThatThrownBy(() -> Split.kFold(DATA, 1, 1)).hasMessageContaining("k must be in [2, ");
        assertThatThrownBy(() -> Split.random(timeless, 0.5, 1).trainsOnFuture())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void emptyDataSplitsIntoEmptyParts() {
        Interactions empty = Interactions.empty(3, 4);
        assertThat(Split.random(empty, 0.2, 1).test()).hasToString(empty.toString());
        assertThat(Split.perUser(empty, 0.2, 1).train()).hasToString(empty.toString());
        assertThat(Split.coldItems(empty, 0.2, 1).newItems()).isEmpty();
    }
}
