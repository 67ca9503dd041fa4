package org.recommender4j.eval.report;

import java.util.ArrayList;
import java.util.List;

/** Maps numbers to the places of an axis, linear or logarithmic, with round numbers at the ticks. */
final class Scale {
    private final double low;
    private final double high;
    private final boolean log;
    private final double from;
    private final double to;

    private Scale(double low, double high, boolean log, double from, double to) {
        this.low = low;
        this.high = high;
        this.log = log;
        this.from = from;
        this.to = to;
    }

    /** From a low value, drawn at {@code from}, to a high one, drawn at {@code to}; widened to round numbers. */
    static Scale linear(double low, double high, double from, double to) {
        double top = high > low ? high : low + (low == 0 ? 1 : Math.abs(low));
        double step = step((top - low) / 5);
        return new Scale(Math.floor(low / step + 1e-9) * step, Math.ceil(top / step - 1e-9) * step, false, from, to);
    }

    /** The same for numbers above 0 on a logarithmic axis, with some room at both ends. */
    static Scale log(double low, double high, double from, double to) {
        return new Scale(low / 1.25, Math.max(high, low * 1.5) * 1.25, true, from, to);
    }

    /** Logarithmic from exactly the low to exactly the high value. */
    static Scale logExact(double low, double high, double from, double to) {
        return new Scale(low, Math.max(high, low * 1.5), true, from, to);
    }

    private static double step(double rough) {
        double magnitude = StrictMath.pow(10, Math.floor(StrictMath.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * magnitude >= rough * (1 - 1e-9)) {
                return factor * magnitude;
            }
        }
        return 10 * magnitude;
    }

    double at(double value) {
        double share = log ? StrictMath.log(value / low) / StrictMath.log(high / low) : (value - low) / (high - low);
        return from + share * (to - from);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (!log) {
            double step = step((high - low) / 5);
            for (int k = 0; low + k * step <= high + step * 1e-6; k++) {
                double tick = low + k * step;
                ticks.add(Math.abs(tick) < step * 1e-9 ? 0 : tick);
            }
            return ticks;
        }
        boolean wide = high / low > 300;
        for (int power = (int) Math.floor(StrictMath.log10(low)); power <= StrictMath.log10(high); power++) {
            for (double factor : wide ? new double[] {1} : new double[] {1, 2, 5}) {
                double tick = factor * StrictMath.pow(10, power);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
