package org.recommender4j.streaming.analytics;

/** What was done with something: by one user with one item, or by all with an item. */
final class Use {
    long events;
    long watches;
    long bounces;
    double seconds;
    double completed;
    /** Sums of weights halved by age, as of the newest event in them. */
    final Faded recent = new Faded();

    final Faded usual = new Faded();

    void add(Use other, int sign) {
        events += sign * other.events;
        watches += sign * other.watches;
        bounces += sign * other.bounces;
        seconds = watches == 0 ? 0 : seconds + sign * other.seconds;
        completed = watches == 0 ? 0 : completed + sign * other.completed;
    }

    /** A sum in which what is old counts less. */
    static final class Faded {
        private double sum;
        private long time;

        void add(double weight, long when, double halfLifeMillis) {
            if (when > time) {
                sum = at(when, halfLifeMillis);
                time = when;
            }
            sum += weight * Math.pow(0.5, (time - when) / halfLifeMillis);
        }

        /** Returns the sum as it is worth at a time. */
        double at(long when, double halfLifeMillis) {
            return sum == 0 ? 0 : sum * Math.pow(0.5, Math.max(0, when - time) / halfLifeMillis);
        }

        void subtract(Faded part, double halfLifeMillis) {
            double left = sum - part.at(time, halfLifeMillis);
            sum = Math.abs(left) < 1e-9 * Math.abs(sum) ? 0 : left;
        }
    }
}
