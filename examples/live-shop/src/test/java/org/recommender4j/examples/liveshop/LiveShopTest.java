package org.recommender4j.examples.liveshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LiveShopTest {
    @Test
    void theLiveModelFollowsWhatTheFrozenOneMisses() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LiveShop.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), 4, 1500);
        String out = bytes.toString(StandardCharsets.UTF_8);
        Matcher rates = Pattern.compile("click: ([0-9.]+) % with the live model, ([0-9.]+) %")
                .matcher(out);
        assertThat(rates.find()).isTrue();
        assertThat(Double.parseDouble(rates.group(1))).isGreaterThan(Double.parseDouble(rates.group(2)));
        assertThat(out)
                .contains("taste: Camping 100 %")
                .contains("taste: Camping 50 %, Music 50 %")
                .contains("a new model took over: true")
                .contains("of her is left: nothing")
                .contains("had acknowledged event 300. Opened again: version 3")
                .contains("of the acknowledged events none is lost");
    }
}
