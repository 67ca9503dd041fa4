package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final Interactions MATRIX = Interactions.builder()
            .add(1, 5, 3f, 30)
            .add(1, 2, 1f, 10)
            .add(1, 9, 2f, 20)
            .build(DuplicatePolicy.FAIL);

    @Test
    void aUserIsAViewOfARow() {
        Profile profile = Profile.ofUser(1, MATRIX, true);
        assertThat(profile.user()).isEqualTo(1);
        assertThat(profile.trained()).isTrue();
        assertThat(profile.items()).containsExactly(2, 5, 9);
        assertThat(profile.weights()).containsExactly(1f, 3f, 2f);
        assertThat(profile.time(1)).isEqualTo(30);
        assertThat(Profile.ofUser(0, MATRIX, true).size()).isZero();
    }

    @Test
    void partsOfAProfileKeepWeightsAndTimes() {
        Profile profile = Profile.ofUser(1, MATRIX, true);
        Profile without = profile.without(1);
        assertThat(without.items()).containsExactly(2, 9);
        assertThat(without.weights()).containsExactly(1f, 2f);
        assertThat(without.time(1)).isEqualTo(20);
        assertThat(without.trained()).isFalse();
        Profile liked = profile.atLeast(2f);
        assertThat(liked.items()).containsExactly(5, 9);
        assertThat(liked.time(0)).isEqualTo(30);
        assertThat(liked.trained()).isTrue();
        assertThat(profile.atLeast(-1f)).isSameAs(profile);
        Profile below = profile.below(9);
        assertThat(below.items()).containsExactly(2, 5);
        assertThat(below.weights()).containsExactly(1f, 3f);
        assertThat(below.time(1)).isEqualTo(30);
        assertThat(below.user()).isEqualTo(1);
        assertThat(below.trained()).isFalse();
        assertThat(profile.below(10)).isSameAs(profile);
        assertThat(Profile.ofItems(7, 3, 5).below(6).items()).containsExactly(3, 5);
    }

    @Test
    void aSubclassIsTheSameProfileAndCarriesMore() {
        Profile profile = Profile.ofUser(1, MATRIX, true);
        class Named extends Profile {
            private final String name;

            Named(String name) {
                super(profile);
                this.name = name;
            }
        }
        Named named = new Named("anna");
        assertThat(named.items()).isEqualTo(profile.items());
        assertThat(named.weights()).isEqualTo(profile.weights());
        assertThat(named.time(2)).isEqualTo(20);
        assertThat(named.user()).isEqualTo(1);
        assertThat(named.trained()).isTrue();
        assertThat(named.name).isEqualTo("anna");
        assertThat(named.below(9)).isNotInstanceOf(Named.class);
    }

    @Test
    void aSessionKeepsItsOrder() {
        Profile session = Profile.ofItems(7, 3, 5);
        assertThat(session.user()).isEqualTo(-1);
        assertThat(session.items()).containsExactly(7, 3, 5);
        assertThat(session.weights()).containsExactly(1f, 1f, 1f);
        assertThat(session.hasTimes()).isFalse();
        assertThat(session.without(0).without(0).without(0).size()).isZero();
        assertThatThrownBy(() -> Profile.ofHistory(-1, new int[2], new float[1], null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Profile.ofHistory(-1, new int[2], null, new long[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
