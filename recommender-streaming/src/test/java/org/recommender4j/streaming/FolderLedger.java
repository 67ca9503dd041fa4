package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.recommender4j.Request;

/** What was tried and what was promised, by word of those who do it, and a recount of it. Thread-safe. */
final class FolderLedger implements FolderWork.Listener {
    private final Map<String, Set<String>> tried = new LinkedHashMap<>();
    private final Map<String, Set<String>> promised = new HashMap<>();
    private final Set<String> wished = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> facts = new HashSet<>();
    private final List<String> errors = new ArrayList<>();
    private int events;
    private int unwritten;

    @Override
    public synchronized void told(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case FolderWork.TRIES ->
                tried.computeIfAbsent(words[1], key -> new HashSet<>()).add(words[2]);
            case FolderWork.PROMISED -> {
                events++;
                promised.computeIfAbsent(words[1], key -> new HashSet<>()).add(words[2]);
            }
            case FolderWork.WISH -> wished.add(words[1]);
            case FolderWork.GONE -> gone.add(words[1]);
            case FolderWork.FACT -> facts.add(words[1]);
            case FolderWork.UNWRITTEN -> unwritten++;
            default -> errors.add(line);
        }
    }

    /** Returns the number of events that were promised. */
    synchronized int events() {
        return events;
    }

    /** Returns how many users were forgotten. */
    synchronized int forgotten() {
        return gone.size();
    }

    /** Returns how many calls said that the disk refused. */
    synchronized int unwritten() {
        return unwritten;
    }

    /** Compares a recommender that nothing happens to now. */
    synchronized void check(LiveRecommender<String, String> live, String when) {
        assertThat(errors.size() > 3 ? errors.subList(0, 3) : errors).as(when).isEmpty();
        Map<String, Integer> people = new TreeMap<>();
        Set<String> users = new HashSet<>(FolderWork.baseUsers());
        users.addAll(tried.keySet());
        for (String user : users) {
            UserExport<String, String> export = live.export(user).orElse(null);
            if (gone.contains(user)) {
                assertThat(export).as("%s: forgotten", when).isNull();
                continue;
            }
            Set<String> items = new HashSet<>();
            if (export != null) {
                export.history().forEach(entry -> items.add(entry.item()));
            }
            if (tried.containsKey(user) && !(wished.contains(user) && export == null)) {
                assertThat(items)
                        .as("%s: promised of %s", when, user)
                        .containsAll(promised.getOrDefault(user, Set.of()));
                assertThat(tried.get(user)).as("%s: tried of %s", when, user).containsAll(items);
            }
            items.forEach(item -> people.merge(item, 1, Integer::sum));
        }
        Map<String, Integer> trends = new TreeMap<>();
        live.trends(1_000_000).forEach(trend -> trends.put(trend.item(), trend.people()));
        assertThat(trends).as("%s: a recount of who likes what", when).isEqualTo(people);
        for (String item : List.of("i0-0", "i1-1", "i2-2")) {
            assertThat(live.audience(item, 1_000_000).items())
                    .as("%s: an audience", when)
                    .noneMatch(gone::contains);
        }
        if (!facts.isEmpty()) {
            assertThat(live.recommend(Request.<String, String>forUser("nobody")
                                    .limit(1_000_000)
                                    .only(facts))
                            .items())
                    .as("%s: facts about items", when)
                    .hasSameElementsAs(facts);
        }
    }
}
