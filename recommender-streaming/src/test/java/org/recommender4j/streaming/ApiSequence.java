package org.recommender4j.streaming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sequence of calls, made from a seed, run, and made shorter when it fails. */
record ApiSequence(long seed, ApiStart start, List<Command> commands) {
    private static final int LENGTH = 45;
    private static final int MOST_RUNS = 400;

    /** What can be called, and how often. */
    enum Kind {
        EVENT(30),
        BATCH(4),
        BAD(4),
        ODD_ID(2),
        SUBMIT(3),
        OFFER(2),
        SUBSCRIBE(2),
        DESCRIBE(6),
        BAD_FACT(2),
        FORGET(5),
        REFIT(3),
        REFRESH(4),
        SNAPSHOT(3),
        TICK(4),
        REOPEN(2),
        CRASH(2),
        PLAIN_OPEN(1),
        AS_OF(1),
        SAVE(2),
        RECOMMEND(12),
        HISTORY(4),
        SIMILAR(5),
        AUDIENCE(5),
        EXPLAIN(5),
        ALL(2),
        TRENDS(2),
        ANALYTICS(2),
        VERSIONS(2),
        CLOSE(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /** Tells whether so much may have changed that everything is looked at. */
        boolean isRare() {
            return this == FORGET || this == REFIT || this == REFRESH || this == ODD_ID;
        }
    }

    /** A call; the seed makes its arguments, so that the others may go without changing it. */
    record Command(Kind kind, long seed) {}

    /** What went wrong; the same signature is the same fault. */
    record Fault(String signature, Throwable cause, List<String> trace) {}

    static ApiSequence of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ApiStart start = ApiStart.random(random);
        int total = Arrays.stream(Kind.values()).mapToInt(kind -> kind.weight).sum();
        List<Command> commands = new ArrayList<>();
        for (int k = 0; k < LENGTH; k++) {
            int at = random.nextInt(total);
            Kind kind = Kind.EVENT;
            for (Kind next : Kind.values()) {
                at -= next.weight;
                if (at < 0) {
                    kind = next;
                    break;
                }
            }
            commands.add(new Command(kind, random.nextLong()));
        }
        return new ApiSequence(seed, start, commands);
    }

    /** Runs it in an empty folder, which is empty again when this returns. */
    Optional<Fault> run(Path folder) {
        List<String> trace = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            try (ApiRun run = new ApiRun(start, folder)) {
                try {
                    commands.forEach(run::step);
                    run.finish();
                } finally {
                    trace.addAll(run.trace);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(new Fault(signature(e), e, trace));
        } finally {
            delete(folder);
        }
    }

    private static String signature(Throwable e) {
        String text = String.valueOf(e.getMessage());
        if (e.getClass() == AssertionError.class) {
            return text.contains(": ") ? text.substring(0, text.indexOf(": ")) : text;
        }
        return e.getClass().getSimpleName() + " in "
                + Arrays.stream(e.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("org.recommender4j"))
                        .filter(frame -> !frame.getFileName().startsWith("Api"))
                        .findFirst()
                        .map(frame -> frame.getFileName() + " " + frame.getMethodName())
                        .orElse("?");
    }

    /** Leaves out calls and options as long as the same fault remains (delta debugging). */
    ApiSequence shrink(Fault fault, Path folder) {
        ApiSequence best = this;
        int runs = 0;
        boolean better = true;
        while (better && runs < MOST_RUNS) {
            better = false;
            for (ApiStart simpler : best.start.simpler()) {
                ApiSequence next = new ApiSequence(seed, simpler, best.commands);
                if (++runs < MOST_RUNS && next.fails(fault, folder)) {
                    best = next;
                    better = true;
                    break;
                }
            }
            for (int size = Math.max(1, best.commands.size() / 2); size >= 1; size /= 2) {
                for (int from = 0; from < best.commands.size() && ++runs < MOST_RUNS; ) {
                    List<Command> rest = new ArrayList<>(best.commands);
                    rest.subList(from, Math.min(from + size, rest.size())).clear();
                    ApiSequence next = new ApiSequence(seed, best.start, rest);
                    if (next.fails(fault, folder)) {
                        best = next;
                        better = true;
                    } else {
                        from += size;
                    }
                }
            }
        }
        return best;
    }

    private boolean fails(Fault fault, Path folder) {
        return run(folder)
                .filter(other -> other.signature.equals(fault.signature))
                .isPresent();
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String describe(Fault fault) {
        return "seed " + seed + ": " + fault.signature + "\n  " + start + "\n"
                + fault.trace.stream().map(line -> "  " + line).collect(Collectors.joining("\n")) + "\n  "
                + fault.cause;
    }
}
