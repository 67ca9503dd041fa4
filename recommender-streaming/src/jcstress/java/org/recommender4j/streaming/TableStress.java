package org.recommender4j.streaming;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Tables grow while others set and read. */
final class TableStress {
    /** Beyond the first chunk. */
    private static final int FAR = 5000;

    private TableStress() {}

    /** Something with a field that is not final, so that only the table publishes it. */
    private static final class Box {
        private int value;

        Box(int value) {
            this.value = value;
        }
    }

    private static int value(Table<Box> table, int index) {
        Box box = table.get(index);
        return box == null ? 0 : box.value;
    }

    /** Both grow the table; neither's element is lost. */
    @JCStressTest
    @Outcome(id = "1, 2, 3", expect = ACCEPTABLE, desc = "all are there")
    @Outcome(expect = FORBIDDEN, desc = "an element was lost")
    @State
    public static class NothingIsLostWhenItGrows {
        private final Table<Box> table = new Table<>();

        @Actor
        public void one() {
            table.set(0, new Box(1));
            table.set(2 * FAR, new Box(2));
        }

        @Actor
        public void other() {
            table.set(FAR, new Box(3));
        }

        @Arbiter
        public void end(III_Result result) {
            result.r1 = value(table, 0);
            result.r2 = value(table, 2 * FAR);
            result.r3 = value(table, FAR);
        }
    }

    /** Who sees an element sees what is in it, and what was set before it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before both")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "between them")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "after both")
    @Outcome(expect = FORBIDDEN, desc = "the second without the first, or a half of one")
    @State
    public static class ElementsArriveWholeAndInOrder {
        private final Table<Box> table = new Table<>();

        @Actor
        public void writer() {
            table.set(0, new Box(1));
            table.set(FAR, new Box(2));
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = value(table, FAR);
            result.r2 = value(table, 0);
        }
    }

    /** The users of an item, while one is added and one is removed. */
    @JCStressTest
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "before")
    @Outcome(id = "2, 15", expect = ACCEPTABLE, desc = "with the new one")
    @Outcome(id = "1, 8", expect = ACCEPTABLE, desc = "without the old one")
    @Outcome(expect = FORBIDDEN, desc = "a user who is none")
    @State
    public static class UsersOfAnItem {
        private final ItemUsers users = new ItemUsers();

        public UsersOfAnItem() {
            users.add(0, 7);
        }

        @Actor
        public void writer() {
            users.add(0, 8);
            users.remove(0, 7);
        }

        @Actor
        public void reader(II_Result result) {
            int[] of = users.of(0);
            result.r1 = of.length;
            for (int user : of) {
                result.r2 += user;
            }
        }
    }
}
