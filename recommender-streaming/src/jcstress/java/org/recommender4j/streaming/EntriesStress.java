package org.recommender4j.streaming;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Moments of a history share an array; each sees its own part of it. */
final class EntriesStress {
    private static final float[] WEIGHTS = {1, 2};

    private EntriesStress() {}

    private static Entries start() {
        return Entries.of(new Row(new int[] {3, 9}, WEIGHTS.clone(), new long[] {1, 2}, null))
                .with(5, true, 1, 3, false);
    }

    /** Who holds a moment never sees what the next one wrote behind it. */
    @JCStressTest
    @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "as it was")
    @Outcome(expect = FORBIDDEN, desc = "a change of the next moment")
    @State
    public static class AMomentStaysWhatItWas {
        private final Entries moment = start();

        @Actor
        public void writer() {
            moment.with(5, false, 7, 9, false).with(6, true, 8, 9, false);
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = (int) moment.weight(moment.find(5));
            result.r2 = moment.row().size();
        }
    }

    /** Who gets a moment from a table gets all of it. */
    @JCStressTest
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "before it was published")
    @Outcome(id = "1, 3, 3", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "7, 9, 3", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "7, 9, 4", expect = ACCEPTABLE, desc = "the third")
    @Outcome(expect = FORBIDDEN, desc = "a half of one")
    @State
    public static class AMomentArrivesWhole {
        private final Table<Entries> table = new Table<>();

        @Actor
        public void writer() {
            Entries first = start();
            table.set(0, first);
            Entries second = first.with(5, false, 7, 9, false);
            table.set(0, second);
            table.set(0, second.with(6, true, 8, 10, false));
        }

        @Actor
        public void reader(III_Result result) {
            Entries moment = table.get(0);
            if (moment != null) {
                int place = moment.find(5);
                result.r1 = (int) moment.weight(place);
                result.r2 = (int) moment.time(place);
                result.r3 = moment.row().size();
            }
        }
    }

    /** Two readers merge the same history; either's row serves both. */
    @JCStressTest
    @Outcome(id = "3, 3, 6", expect = ACCEPTABLE, desc = "both see all of it")
    @Outcome(expect = FORBIDDEN, desc = "a half-made row")
    @State
    public static class ReadersMergeAtOnce {
        private final UserState user = UserState.of(new int[] {3, 9}, WEIGHTS.clone(), new long[] {1, 2})
                .with(5, new Effect(3, false, false), 3, 1, null, new LiveOptions());

        private static int sum(Row row) {
            float sum = 0;
            for (float weight : row.weights()) {
                sum += weight;
            }
            return (int) sum;
        }

        @Actor
        public void one(III_Result result) {
            result.r1 = user.row().size();
        }

        @Actor
        public void other(III_Result result) {
            Row row = user.row();
            result.r2 = row.size();
            result.r3 = sum(row);
        }
    }
}
