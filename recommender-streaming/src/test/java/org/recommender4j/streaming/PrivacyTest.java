package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.recommender4j.popularity.Popularity;

class PrivacyTest {
    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @Test
    void aPseudonymIsTheSameForTheSameKeyOnly() {
        Pseudonyms names = Pseudonyms.withKey(KEY);
        String anna = names.of("anna");
        assertThat(anna)
                .hasSize(22)
                .doesNotContain("anna")
                .isEqualTo(Pseudonyms.withKey(KEY).of("anna"));
        assertThat(names.of("anne")).isNotEqualTo(anna);
        byte[] other = KEY.clone();
        other[0]++;
        assertThat(Pseudonyms.withKey(other).of("anna")).isNotEqualTo(anna);
        assertThat(names.toString()).doesNotContain("0123");
        assertThatThrownBy(() -> Pseudonyms.withKey(new byte[8])).isInstanceOf(IllegalArgumentException.class);
    }

    /** HMAC-SHA-256 of "what do ya want for nothing?" under "Jefe" (RFC 4231, test case 2), the key padded with zeros. */
    @Test
    void aPseudonymIsTheStandardKeyedHash() {
        byte[] key = java.util.Arrays.copyOf("Jefe".getBytes(StandardCharsets.US_ASCII), 16);
        byte[] hash =
                java.util.Base64.getUrlDecoder().decode(Pseudonyms.withKey(key).of("what do ya want for nothing?"));
        assertThat(hash)
                .startsWith(0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e)
                .hasSize(16);
    }

    @Test
    void noiseHasTheScaleOfLaplaceAndIsTheSameWhenAskedAgain() {
        CountNoise noise = new CountNoise(0.5, 7);
        double[] sample =
                IntStream.range(0, 20_000).mapToDouble(k -> noise.of(k, k % 50)).toArray();
        double mean = java.util.Arrays.stream(sample).average().orElseThrow();
        double absolute =
                java.util.Arrays.stream(sample).map(Math::abs).average().orElseThrow();
        assertThat(mean).isCloseTo(0, within(0.1));
        assertThat(absolute).as("the mean of |x| is the scale").isCloseTo(2, within(0.1));
        assertThat(noise.of(3, 4)).isEqualTo(new CountNoise(0.5, 7).of(3, 4));
        assertThat(noise.of(3, 4)).isNotEqualTo(noise.of(3, 5)).isNotEqualTo(noise.of(4, 4));
    }

    @Test
    void trendsWithNoiseSayLessAndAgreeWithThemselves() {
        LiveBuilder options = LiveData.live().noise(0.2, 99).minGroup(5);
        try (LiveRecommender<String, String> noisy = options.start(LiveData.groups(), new Popularity());
                LiveRecommender<String, String> plain = LiveData.live().start(LiveData.groups(), new Popularity())) {
            List<Trend<String>> once = noisy.trends(36);
            assertThat(noisy.trends(36)).isEqualTo(once);
            assertThat(once).isNotEqualTo(plain.trends(36)).allMatch(trend -> trend.people() >= 5);
        }
    }

    @Test
    void anExportHasAllThatIsKnown() {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            live.ingest(Event.<String, String>purchase("x", "i0-1").at(LiveData.START + 5));
            live.ingest(Event.<String, String>view("x", "i0-2").at(LiveData.START + 1));
            UserExport<String, String> export = live.export("x").orElseThrow();
            assertThat(export.user()).isEqualTo("x");
            assertThat(export.history()).extracting(HistoryEntry::item).containsExactly("i0-2", "i0-1");
            assertThat(export.history()).extracting(HistoryEntry::weight).containsExactly(1.0, 8.0);
            assertThat(export.vector()).hasSize(3);
            assertThat(live.export("nobody")).isEmpty();
        }
    }
}
