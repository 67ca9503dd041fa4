package org.recommender4j.internal.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernels, once per process.
 *
 * <p>The Vector API is only fast when the optimising compiler of HotSpot turns it into instructions; anywhere else it is
 * hundreds of times slower than plain Java. So it is used when its module is in the graph, the virtual machine has that
 * compiler, vectors hold at least four floats, and a self-test gives the same bits as the scalar kernels. There is no
 * upper limit on the Java version: the self-test is the limit.
 */
final class KernelSelection {

    /** {@code true} skips the look at the virtual machine, {@code false} forces scalar kernels, {@code auto} decides. */
    static final String PROPERTY = "org.recommender4j.simd";

    private static final String MODULE = "jdk.incubator.vector";

    private KernelSelection() {}

    static KernelProvider select() {
        Logger logger = System.getLogger(KernelSelection.class.getPackageName());
        String wanted = System.getProperty(PROPERTY, "auto").trim().toLowerCase(Locale.ROOT);
        KernelProvider provider;
        Level level = Level.INFO;
        try {
            String objection = objection(wanted);
            provider = objection == null ? simd() : new ScalarKernels(objection);
        } catch (LinkageError | RuntimeException e) {
            provider = new ScalarKernels("the vector kernels failed: " + e);
            level = Level.WARNING;
        }
        logger.log(level, "Recommender4J kernels: {0}", provider.description());
        return provider;
    }

    /** Returns why the vector kernels are not to be used, or null. */
    static @Nullable String objection(String wanted) {
        if (wanted.equals("false")) {
            return "set by " + PROPERTY;
        }
        if (!hasModule()) {
            return MODULE + " is not in the module graph; add it with --add-modules";
        }
        if (wanted.equals("true")) {
            return null;
        }
        if (!wanted.equals("auto")) {
            return PROPERTY + " must be true, false or auto, was " + wanted;
        }
        return machineObjection(
                System.getProperty("java.vm.name", ""),
                System.getProperty("java.vm.version", ""),
                System.getProperty("java.vm.info", ""));
    }

    static @Nullable String machineObjection(String name, String version, String info) {
        boolean hotSpot = name.contains("HotSpot") || (name.contains("OpenJDK") && name.contains("Server"));
        if (!hotSpot) {
            return "not a HotSpot server virtual machine: " + name;
        }
        if (version.contains("jvmci")) {
            return "the optimising compiler is not C2: " + version;
        }
        if (info.contains("interpreted") || info.contains("emulated-client")) {
            return "C2 is switched off: " + info;
        }
        return null;
    }

    private static boolean hasModule() {
        Module own = KernelSelection.class.getModule();
        Optional<Module> vector = ModuleLayer.boot().findModule(MODULE);
        return vector.isPresent() && own.canRead(vector.get());
    }

    /* Apart, so that nothing of the Vector API is linked before the checks above. */
    private static KernelProvider simd() {
        if (SimdKernels.LANES < 4) {
            return new ScalarKernels("vectors hold " + SimdKernels.LANES + " floats only");
        }
        KernelProvider simd = new SimdKernels();
        String failed = KernelSelfTest.difference(new ScalarKernels("self-test"), simd);
        return failed == null
                ? new WarmingKernels(simd, new ScalarKernels("while the vector kernels are cold"))
                : new ScalarKernels(simd.description() + " differs from the scalar kernels in " + failed);
    }
}
