package org.recommender4j.streaming.online;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.recommender4j.model.ModelState;

/** What is kept of an {@link ItemKnnModel}: the liked items, from which all sums follow, and who is in which list. */
final class ItemKnnState {
    private ItemKnnState() {}

    static ModelState write(int items, Map<Integer, LikedItems> users, Rows<Neighbors> neighbors, long[] prunedPairs) {
        TreeMap<Integer, UserEvents> events = new TreeMap<>();
        int total = users.values().stream().mapToInt(LikedItems::size).sum();
        int[] numbers = new int[total];
        int[] firsts = new int[total];
        int at = 0;
        for (Map.Entry<Integer, LikedItems> entry : new TreeMap<>(users).entrySet()) {
            LikedItems liked = entry.getValue();
            UserEvents list = new UserEvents();
            for (int k = 0; k < liked.size(); k++) {
                list.add(liked.item(k), liked.weight(k), liked.time(k));
                numbers[at] = liked.number(k);
                firsts[at++] = liked.first(k);
            }
            events.put(entry.getKey(), list);
        }
        int[] offsets = new int[items + 1];
        int[] members = new int[16];
        for (int item = 0; item < items; item++) {
            Neighbors list = neighbors.get(item);
            int size = list == null ? 0 : list.size();
            offsets[item + 1] = offsets[item] + size;
            if (offsets[item + 1] > members.length) {
                members = Arrays.copyOf(members, 2 * offsets[item + 1]);
            }
            if (list != null) {
                System.arraycopy(list.items(), 0, members, offsets[item], size);
            }
        }
        return new ModelState()
                .put("events", EventState.write(events))
                .put("numbers", numbers)
                .put("firsts", firsts)
                .put("offsets", offsets)
                .put("members", Arrays.copyOf(members, offsets[items]))
                .put("pruned", prunedPairs);
    }

    static void read(ModelState state, ItemKnnModel into) {
        int[] numbers = state.ints("numbers", 0, Check.MAX_INDEX);
        int[] firsts = state.ints("firsts");
        int[] offsets = state.ints("offsets");
        int[] members = state.ints("members");
        Map<Integer, UserEvents> events = EventState.read(state.child("events"));
        int total = events.values().stream().mapToInt(UserEvents::size).sum();
        if (numbers.length != total || firsts.length != total) {
            throw new IllegalArgumentException("the partners of " + total + " liked items do not fit");
        }
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != members.length) {
            throw new IllegalArgumentException("the lists of neighbors do not fit");
        }
        int items = state.checkItems(offsets.length - 1);
        into.restoreItems(items);
        for (long key : state.longs("pruned")) {
            int first = (int) (key >>> 32);
            int second = (int) key;
            if (first < 0 || first >= second || second >= items) {
                throw new IllegalArgumentException("there is no pair of items " + first + " and " + second);
            }
            into.restorePruned(key);
        }
        int at = 0;
        for (Map.Entry<Integer, UserEvents> entry : events.entrySet()) {
            UserEvents list = entry.getValue();
            LikedItems liked = new LikedItems();
            for (int k = 0; k < list.size(); k++, at++) {
                if (list.item(k) >= items
                        || !(list.weight(k) > 0)
                        || numbers[at] < firsts[at]
                        || numbers[at] - (long) firsts[at] > into.historySize()
                        || (k > 0 && numbers[at] <= numbers[at - 1])) {
                    throw new IllegalArgumentException(
                            "liked item " + k + " of user " + entry.getKey() + " does not fit");
                }
                liked.add(list.item(k), list.weight(k), list.time(k), numbers[at], firsts[at]);
            }
            into.restoreUser(entry.getKey(), liked);
        }
        for (int item = 0; item < items; item++) {
            if (offsets[item + 1] < offsets[item] || offsets[item + 1] > members.length) {
                throw new IllegalArgumentException("the list of item " + item + " does not fit");
            }
            int[] list = Arrays.copyOfRange(members, offsets[item], offsets[item + 1]);
            for (int other : list) {
                if (other < 0 || other >= items || other == item) {
                    throw new IllegalArgumentException("item " + item + " has the neighbor " + other);
                }
            }
            into.restoreList(item, list);
        }
    }
}
