package org.recommender4j.streaming.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Loses power at the n-th thing done to it. What was forced is there after that. Of what was not, any pages are, others are as before or
 * zero, the length is any between the old one and the new; names that appeared, moved or vanished did so or not, each by itself.
 * Really forces nothing, so hundreds of cuts take a second.
 */
final class PowerCutDisk extends Disk {
    /** Smaller than real ones, so that records of a few bytes fall apart; a mark is in one. */
    private static final int PAGE = 64;

    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class Contents {
        byte[] forced = new byte[0];
        byte[] current = new byte[0];

        void write(long position, byte[] bytes, int length) {
            int at = (int) position;
            current = Arrays.copyOf(current, Math.max(current.length, at + length));
            System.arraycopy(bytes, 0, current, at, length);
        }
    }

    /** A change of names: the first one goes, the second one stands for the contents; either may be missing. */
    private record Change(Path gone, Path come, Contents contents) {
        void apply(Map<Path, Contents> names) {
            if (gone != null) {
                names.remove(gone);
            }
            if (come != null) {
                names.put(come, contents);
            }
        }
    }

    private final SplittableRandom random;
    private final Map<Path, Contents> names = new HashMap<>();
    private final Map<Path, Contents> durableNames = new HashMap<>();
    private final List<Change> pending = new ArrayList<>();
    private int left;

    /** Starts with what a folder holds, all of it being durable; never loses power with a {@code cutAt} of 0. */
    PowerCutDisk(Path folder, int cutAt, SplittableRandom random) throws IOException {
        this.random = random;
        left = cutAt == 0 ? Integer.MAX_VALUE : cutAt;
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Contents contents = new Contents();
                    contents.current = Files.readAllBytes(file);
                    contents.forced = contents.current;
                    durableNames.put(file, contents);
                }
            }
        }
        names.putAll(durableNames);
    }

    private void step() {
        if (left == 0 || --left == 0) {
            throw new PowerCut();
        }
    }

    private void change(Path gone, Path come, Contents contents) {
        Change change = new Change(gone, come, contents);
        change.apply(names);
        pending.add(change);
    }

    /** Writes what is left after the cut into an empty folder. */
    void copyRest(Path folder) throws IOException {
        double chance = random.nextInt(4) / 3.0;
        for (Change change : pending) {
            if (random.nextDouble() < chance) {
                change.apply(durableNames);
            }
        }
        // In an order that does not depend on hashes, so that a seed means one course of events.
        List<Path> files = new ArrayList<>(durableNames.keySet());
        files.sort(null);
        for (Path file : files) {
            Files.write(folder.resolve(file.getFileName()), rest(durableNames.get(file)));
        }
    }

    private byte[] rest(Contents contents) {
        int shorter = Math.min(contents.forced.length, contents.current.length);
        int longer = Math.max(contents.forced.length, contents.current.length);
        int kind = random.nextInt(3);
        int length = kind == 0
                ? contents.forced.length
                : kind == 1 ? contents.current.length : random.nextInt(shorter, longer + 1);
        double chance = random.nextInt(5) / 4.0;
        byte[] result = new byte[length];
        for (int at = 0; at < length; at += PAGE) {
            byte[] from = random.nextDouble() < chance ? contents.current : contents.forced;
            int end = Math.min(from.length, Math.min(length, at + PAGE));
            if (at < end) {
                System.arraycopy(from, at, result, at, end - at);
            }
        }
        return result;
    }

    @Override
    Appender open(Path path) throws IOException {
        step();
        Appender real = super.open(path);
        real.close();
        if (!names.containsKey(path)) {
            change(null, path, new Contents());
        }
        Contents contents = names.get(path);
        return new Appender(path) {
            @Override
            void append(byte[] bytes, int length) throws IOException {
                write(contents.current.length, bytes, length);
                super.append(bytes, length);
            }

            @Override
            void writeAt(long position, byte[] bytes, int length) throws IOException {
                write(position, bytes, length);
                super.writeAt(position, bytes, length);
            }

            private void write(long position, byte[] bytes, int length) {
                if (left == 1) {
                    contents.write(position, bytes, random.nextInt(length + 1));
                } else {
                    contents.write(position, bytes, length);
                }
                step();
            }

            @Override
            void force() {
                step();
                contents.forced = contents.current;
            }

            @Override
            void truncate(long length) throws IOException {
                step();
                contents.current = Arrays.copyOf(contents.current, (int) length);
                super.truncate(length);
            }
        };
    }

    @Override
    void replace(Path from, Path to) throws IOException {
        step();
        Files.move(from, to, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        change(from, to, names.get(from));
        forceFolder(to.getParent());
    }

    @Override
    void delete(Path path) throws IOException {
        step();
        if (Files.deleteIfExists(path)) {
            change(path, null, null);
        }
    }

    @Override
    void forceFolder(Path folder) {
        step();
        pending.forEach(change -> change.apply(durableNames));
        pending.clear();
    }
}
