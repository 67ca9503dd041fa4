package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of all public calls, over all algorithms, members and options, in memory and with a folder, against a twin
 * that is a few maps. After each call: no exception but one that is documented, no item in a list that a rule forbids, counts as
 * in a recount, versions as promised, the same answers after a restart.
 *
 * <p>The system property {@code recommender4j.sequences} says how many, {@code recommender4j.seed} with which seed the first
 * begins. A failure tells its seed and the shortest sequence that was found to fail in the same way.
 */
class ApiModelTest {
    private static final int SEQUENCES = Integer.getInteger("recommender4j.sequences", 40);
    private static final long SEED = Long.getLong("recommender4j.seed", 11);
    private static final int FAULTS = Integer.getInteger("recommender4j.faults", 3);

    @TempDir
    Path folder;

    @Test
    void everySequenceOfCallsAgreesWithTheTwin() {
        SplittableRandom seeds = new SplittableRandom(SEED);
        Map<String, String> faults = new LinkedHashMap<>();
        for (int k = 0; k < SEQUENCES && faults.size() < FAULTS; k++) {
            ApiSequence sequence = ApiSequence.of(seeds.nextLong());
            Path place = folder.resolve(Integer.toString(k));
            Optional<ApiSequence.Fault> fault = sequence.run(place);
            if (fault.isPresent() && !faults.containsKey(fault.get().signature())) {
                ApiSequence shortest = sequence.shrink(fault.get(), place);
                ApiSequence.Fault again = shortest.run(place).orElse(fault.get());
                faults.put(fault.get().signature(), shortest.describe(again));
            }
        }
        assertThat(faults.values()).as(String.join("\n\n", faults.values())).isEmpty();
    }
}
