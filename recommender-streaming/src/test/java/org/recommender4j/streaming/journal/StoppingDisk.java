package org.recommender4j.streaming.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Stops at the n-th thing done, in the middle of it if it is a write. Forces nothing, which a killed process does not need. */
final class StoppingDisk extends Disk {
    private final List<Appender> open = new ArrayList<>();
    private final SplittableRandom random;
    private final Runnable stop;
    private int left;

    /** Stops by the given means, which must not return. */
    StoppingDisk(int stopAt, SplittableRandom random, Runnable stop) {
        left = stopAt;
        this.random = random;
        this.stop = stop;
    }

    private boolean isLast() {
        return --left == 0;
    }

    private void step() {
        if (isLast()) {
            stop.run();
        }
    }

    /** Closes what a process that ends would close. */
    void closeAll() throws IOException {
        for (Appender appender : open) {
            appender.close();
        }
    }

    @Override
    Appender open(Path path) throws IOException {
        step();
        Appender appender = new Appender(path) {
            @Override
            void append(byte[] bytes, int length) throws IOException {
                if (isLast()) {
                    super.append(bytes, random.nextInt(length + 1));
                    stop.run();
                }
                super.append(bytes, length);
            }

            @Override
            void force() {
                step();
            }
        };
        open.add(appender);
        return appender;
    }

    @Override
    void replace(Path from, Path to) throws IOException {
        step();
        super.replace(from, to);
        step();
    }

    @Override
    void delete(Path path) throws IOException {
        step();
        super.delete(path);
    }

    @Override
    void forceFolder(Path folder) {
        step();
    }
}
