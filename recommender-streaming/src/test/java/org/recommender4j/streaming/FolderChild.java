package org.recommender4j.streaming;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.recommender4j.streaming.journal.Fsync;

/**
 * A process with a recommender in a folder and several threads at work, and with schedules that fire, until it is killed or the disk
 * refuses. It tells on its standard output what it does.
 */
final class FolderChild {
    private static final int THREADS = 4;

    private FolderChild() {}

    static LiveRecommender<String, String> begin(Path folder, LiveBuilder options) {
        return Files.exists(folder)
                ? options.open(folder, String.class, String.class)
                : options.create(folder, LiveData.groups(), LiveData.als());
    }

    static LiveBuilder scheduled(Fsync fsync) {
        return FolderWork.options(fsync).refitEvery(Duration.ofMillis(60)).refreshItemsEvery(Duration.ofMillis(25));
    }

    public static void main(String[] args) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(Long.parseLong(args[1]));
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        FolderWork.Listener listener = line -> {
            try {
                // One write for each, which the others don't tear apart.
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        LiveRecommender<String, String> live = begin(Path.of(args[0]), scheduled(Fsync.valueOf(args[2])));
        listener.told("R ready");
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            FolderWork work = new FolderWork(live, "r" + args[1] + "-" + thread, random.split(), listener);
            threads.add(new Thread(() -> work.run(() -> false)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        // The disk refused everybody. What is left to say may fail as well, but must not hang.
        try {
            live.close();
        } catch (RuntimeException e) {
            listener.told(FolderWork.UNWRITTEN + " close");
        }
        Runtime.getRuntime().halt(0);
    }
}
