package org.recommender4j.examples.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
record Arguments(
        @Nullable Path data,
        Path output,
        List<String> algorithms,
        String split,
        int length,
        long seed,
        boolean replay) {
    static final String USAGE = """
            usage: Evaluate [options]
              --data PATH        a MovieLens folder, or a CSV file whose header names a user and an item column and perhaps
                                 a rating and a timestamp; default: films that come with the program
              --output DIR       where the report goes; default evaluation-report
              --algorithms A,B   which to compare; default all
              --split NAME       user: a fifth of each user's at random; time: the newest fifth; last: each user's newest;
                                 default user
              --length K         length of the lists that most figures are about; default 10
              --seed N           of the split; default 1
              --replay           also goes through the events in the order of time, with the best algorithm and with
                                 popularity, which takes longer
            """;

    static Arguments parse(String... args) {
        Path data = null;
        Path output = Path.of("evaluation-report");
        List<String> algorithms = List.of();
        String split = "user";
        int length = 10;
        long seed = 1;
        boolean replay = false;
        for (int k = 0; k < args.length; k++) {
            String option = args[k];
            if (option.equals("--replay")) {
                replay = true;
                continue;
            }
            if (k + 1 == args.length) {
                throw new IllegalArgumentException("unknown option, or one without a value: " + option);
            }
            String value = args[++k];
            switch (option) {
                case "--data" -> data = Path.of(value);
                case "--output" -> output = Path.of(value);
                case "--algorithms" -> algorithms = List.of(value.split(","));
                case "--split" -> split = value;
                case "--length" -> length = Integer.parseInt(value);
                case "--seed" -> seed = Long.parseLong(value);
                default -> throw new IllegalArgumentException("unknown option: " + option);
            }
        }
        if (!List.of("user", "time", "last").contains(split)) {
            throw new IllegalArgumentException("there is no split '" + split + "', only user, time and last");
        }
        return new Arguments(data, output, algorithms, split, length, seed, replay);
    }
}
