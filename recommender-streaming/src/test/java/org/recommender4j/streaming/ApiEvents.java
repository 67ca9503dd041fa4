package org.recommender4j.streaming;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Makes events: those that make sense, and those that don't. */
final class ApiEvents {
    /** Ids that are hard to write down. */
    static final List<String> ODD = List.of(
            "n\uD83D",
            "n\uD83E",
            "\uDE00n",
            "\uD83D\uDE00",
            "\0",
            "a\nb",
            "\u0130",
            " ",
            "\u00e9",
            "e\u0301",
            "x".repeat(300));

    private final ApiStart start;
    private final LiveData.Clock clock;

    ApiEvents(ApiStart start, LiveData.Clock clock) {
        this.start = start;
        this.clock = clock;
    }

    static String user(SplittableRandom random) {
        return "u" + random.nextInt(ApiStart.USERS + 3);
    }

    static String item(SplittableRandom random) {
        return "i" + random.nextInt(ApiStart.ITEMS + 4);
    }

    Event<String, String> event(SplittableRandom random) {
        String user = user(random);
        String item = item(random);
        Event<String, String> event = switch (random.nextInt(start.explicit() ? 14 : 10)) {
            case 0 -> Event.dislike(user, item);
            case 1 -> Event.purchase(user, item);
            case 2 -> Event.impression(user, item);
            case 3 -> Event.watch(user, item, random.nextInt(20), 10);
            case 4 -> Event.<String, String>click(user, item).withValue(random.nextInt(-2, 8) / 2.0);
            case 5 -> Event.of(user, item, ApiStart.OWN_KIND);
            case 6, 7 -> Event.like(user, item);
            case 8, 9 -> Event.view(user, item);
            default -> Event.rating(user, item, 1 + random.nextInt(9) / 2.0);
        };
        if (random.nextInt(4) == 0) {
            event = event.withId("e" + random.nextInt(12));
        }
        if (random.nextInt(4) == 0) {
            event = event.withSession("s" + random.nextInt(3));
        }
        return switch (random.nextInt(4)) {
            case 0 -> event.at(clock.millis() - random.nextInt(200) * 3_600_000L);
            case 1 -> event.at(clock.millis() + random.nextInt(24) * 3_600_000L);
            default -> event;
        };
    }

    Event<String, String> bad(SplittableRandom random) {
        return switch (random.nextInt(start.explicit() ? 5 : 6)) {
            case 0 -> Event.of(user(random), item(random), "no such kind");
            case 1 -> Event.view("", item(random));
            case 2 -> Event.view(user(random), "");
            case 3 -> Event.<String, String>view(user(random), item(random)).at(Instant.ofEpochMilli(1L << 50));
            case 4 -> Event.rating(user(random), item(random), 17);
            default -> Event.rating(user(random), item(random), 3);
        };
    }
}
