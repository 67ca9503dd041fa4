package org.recommender4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLineTest {
    @Test
    void valuesAreValidJson() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("factors", "64");
        options.put("regularization", "1.0E-4");
        options.put("biased", "true");
        options.put("loss", "log");
        options.put("limit", "Infinity");
        options.put("code", "007");
        JsonLine line = new JsonLine()
                .put("text", "a \"b\" \\ \n")
                .put("count", 3)
                .put("share", 1.25, 3)
                .put("nothing", Double.NaN, 3)
                .put("options", options);
        assertThat(line)
                .hasToString(
                        "{\"text\": \"a \\\"b\\\" \\\\ \\u000a\", \"count\": 3, \"share\": 1.250, \"nothing\": null, "
                                + "\"options\": {\"factors\": 64, \"regularization\": 1.0E-4, \"biased\": true, \"loss\": \"log\", "
                                + "\"limit\": \"Infinity\", \"code\": \"007\"}}");
    }
}
