package org.recommender4j.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeSet;

/**
 * Reads the text layout that the data sets of the LightGCN paper are published in: a line for each user, with the user and
 * the items, separated by blanks; all are whole numbers. Implicit feedback, each pair once, no times. Files may be
 * compressed with gzip.
 *
 * <p>Bad content throws an {@link IllegalArgumentException} that names file and line; a file that cannot be read throws an
 * {@link java.io.UncheckedIOException} that names the file.
 *
 * <p>He et al.: LightGCN: Simplifying and Powering Graph Convolution Network for Recommendation. SIGIR 2020.
 */
public final class LightGcn {
    private static final Charset CHARSET = StandardCharsets.US_ASCII;

    private static final String NO_TEXT = String.valueOf(TextSource.NO_TEXT);

    /** Far beyond the history of any user. */
    private static final int MAX_LINE = 1 << 24;

    private LightGcn() {}

    /**
     * A data set to train on and what is to be predicted.
     *
     * @param train users and items of the training file, both by ascending id
     * @param test users x items in the indices of {@code train}. Rows and columns beyond those of {@code train} are users
     *     and items that occur in the test file only: nobody can recommend them, so they count as misses.
     */
    public record Split(Dataset<Integer, Integer> train, Interactions test) {}

    /** Reads one file. */
    public static Dataset<Integer, Integer> read(Path file) {
        InteractionsBuilder pairs = Interactions.builder();
        TreeSet<Integer> users = new TreeSet<>();
        TreeSet<Integer> items = new TreeSet<>();
        DatasetBuilder<Integer, Integer> target = Dataset.builder();
        lines(file, (user, item) -> {
            users.add(user);
            if (item >= 0) {
                items.add(item);
                pairs.add(user, item, 1f);
            }
        });
        users.forEach(target::addUser);
        items.forEach(target::addItem);
        for (int k = 0; k < pairs.size(); k++) {
            target.add(pairs.rowAt(k), pairs.columnAt(k));
        }
        return target.duplicates(DuplicatePolicy.MAX).build();
    }

    /** Reads a training file and a test file. */
    public static Split read(Path train, Path test) {
        Dataset<Integer, Integer> data = read(train);
        Map<Integer, Integer> newUsers = new HashMap<>();
        Map<Integer, Integer> newItems = new HashMap<>();
        InteractionsBuilder pairs = Interactions.builder();
        lines(test, (user, item) -> {
            int row = index(data.users(), newUsers, user);
            if (item >= 0) {
                pairs.add(row, index(data.items(), newItems, item), 1f);
            }
        });
        return new Split(
                data,
                pairs.build(
                        data.users().size() + newUsers.size(),
                        data.items().size() + newItems.size(),
                        DuplicatePolicy.MAX));
    }

    private static int index(IdMap<Integer> known, Map<Integer, Integer> others, int id) {
        int index = known.indexOf(id);
        return index >= 0 ? index : others.computeIfAbsent(id, key -> known.size() + others.size());
    }

    /** Takes a pair; the item is -1 for a line without items. */
    private interface Pairs {
        void take(int user, int item);
    }

    private static void lines(Path file, Pairs pairs) {
        try (BufferedReader in = new BufferedReader(TextSource.open(file, CHARSET))) {
            StringBuilder line = new StringBuilder();
            for (int number = 1; read(in, line); number++) {
                StringTokenizer tokens = new StringTokenizer(line.toString());
                if (tokens.hasMoreTokens()) {
                    try {
                        if (line.length() > MAX_LINE) {
                            throw new IllegalArgumentException(
                                    "has more than " + MAX_LINE + " characters: is this the right file?");
                        }
                        if (line.indexOf(NO_TEXT) >= 0) {
                            throw TextSource.noText(CHARSET);
                        }
                        int user = id(tokens);
                        pairs.take(user, tokens.hasMoreTokens() ? id(tokens) : -1);
                        while (tokens.hasMoreTokens()) {
                            pairs.take(user, id(tokens));
                        }
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
                    }
                }
            }
        } catch (IOException e) {
            throw TextSource.failure(file, e);
        }
    }

    /**
     * Reads the next line, but not much of one that is too long; tells whether there is one. A line ends as {@link
     * BufferedReader#readLine} has it.
     */
    private static boolean read(BufferedReader in, StringBuilder line) throws IOException {
        line.setLength(0);
        int c = in.read();
        boolean any = c >= 0;
        while (c >= 0 && c != '\n' && c != '\r' && line.length() <= MAX_LINE) {
            line.append((char) c);
            c = in.read();
        }
        if (c == '\r') {
            in.mark(1);
            if (in.read() != '\n') {
                in.reset();
            }
        }
        return any;
    }

    private static int id(StringTokenizer tokens) {
        String token = tokens.nextToken();
        try {
            int id = Integer.parseInt(token);
            if (id >= 0 && id < KeyStore.MAX_ARRAY) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for all that is no id.
        }
        throw new IllegalArgumentException("'" + token + "' is not an id from 0 to " + (KeyStore.MAX_ARRAY - 1));
    }
}
