package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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
    void anIdWithHalfASurrogatePairHasNoPseudonymSinceAnotherWouldHaveTheSame() {
        Pseudonyms names = Pseudonyms.withKey(KEY);
        assertThatThrownBy(() -> names.of("anna\uD83D"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
        assertThat(names.of("anna\uD83D\uDE00")).isNotEqualTo(names.of("anna\uD83D\uDE01"));
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
