package org.recommender4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SvgChartTest {
    private static final Pattern LABEL = Pattern.compile("<text class=\"label\" x=\"([^\"]+)\"[^>]*>([^<]+)</text>");

    private static List<MatchResult> drawn(List<String> names, List<double[]> places) {
        SvgChart chart = new SvgChart(300);
        for (double[] place : places) {
            chart.dot("s0", "dot", place[0], place[1], 4.5);
        }
        chart.labels(names, places);
        return LABEL.matcher(chart.svg("test")).results().toList();
    }

    @Test
    void namesStayInsideHoweverTheDotsFall() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 300; round++) {
            List<String> names = new ArrayList<>();
            List<double[]> places = new ArrayList<>();
            double spread = round % 3 == 0 ? 1 : 324;
            double from = round % 2 == 0 ? SvgChart.LEFT : SvgChart.RIGHT - spread;
            for (int k = 0; k < 20; k++) {
                names.add("n".repeat(random.nextInt(1, 100)));
                places.add(new double[] {from + random.nextDouble() * spread, random.nextDouble(SvgChart.TOP, 266)});
            }
            assertThat(drawn(names, places)).hasSize(20).allSatisfy(label -> {
                double x = Double.parseDouble(label.group(1));
                assertThat(x).isBetween(0.0, SvgChart.WIDTH);
                assertThat(x + 5.6 * label.group(2).length()).isLessThanOrEqualTo(SvgChart.WIDTH);
            });
        }
    }

    @Test
    void aNameThatFitsIsWrittenInFullAndALongerOneIsCut() {
        List<String> names = List.of("a".repeat(60), "b".repeat(90));
        List<double[]> places = List.of(new double[] {44, 100}, new double[] {300, 200});
        assertThat(drawn(names, places))
                .extracting(label -> label.group(2))
                .containsExactly("a".repeat(60), "b".repeat(66) + "…");
    }
}
