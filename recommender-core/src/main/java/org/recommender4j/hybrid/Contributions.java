package org.recommender4j.hybrid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recommender4j.model.Contribution;

/** Reasons of several models as one list. */
final class Contributions {
    private Contributions() {}

    /** Adds up what names the same item or label; what comes to nothing is left out. */
    static List<Contribution> merge(List<Contribution> parts) {
        Map<Contribution, Float> sums = new LinkedHashMap<>();
        for (Contribution part : parts) {
            sums.merge(new Contribution(part.item(), part.label(), 0f), part.value(), Float::sum);
        }
        List<Contribution> result = new ArrayList<>();
        sums.forEach((key, value) -> {
            if (value != 0f && Float.isFinite(value)) {
                result.add(new Contribution(key.item(), key.label(), value));
            }
        });
        return result;
    }
}
