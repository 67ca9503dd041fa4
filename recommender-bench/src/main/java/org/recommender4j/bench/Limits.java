package org.recommender4j.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one core of this machine can do, to divide the other results by. In microseconds: reading as many floats as a model of
 * that size has, and as many multiply-adds as scoring its items for one user takes. They run with
 * vector instructions whatever the flags.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Limits {
    @Param({"10000", "100000", "1000000"})
    int items;

    @Param({"32", "64", "128"})
    int dimensions;

    private float[] values = {};
    private float factor = 0.5f;

    /** Allocates. */
    @Setup
    public void setUp() {
        values = new float[items * dimensions & -64];
        Arrays.fill(values, 1f);
    }

    /** Reads all floats once. */
    @Benchmark
    public float read() {
        return SimdLimits.read(values);
    }

    /** Multiplies and adds in registers. */
    @Benchmark
    public float multiplyAdd() {
        int steps = (int) ((long) items * dimensions / ((long) SimdLimits.CHAINS * SimdLimits.lanes()));
        return SimdLimits.multiplyAdd(steps, factor, factor);
    }
}
