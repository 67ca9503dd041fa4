package org.recommender4j.streaming.online;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/**
 * The sessions of {@link SessionKnn}, by number, and by item the numbers of its newest ones, oldest first. A session is in
 * the place {@code number % maxSessions}; a list may name one that is gone, which its number shows.
 */
final class SessionModel implements OnlineModel {
    /** Longer sessions lose their oldest clicks: a program clicks there, and each click costs the length. */
    private static final int MAX_LENGTH = 200;

    private static final int[] NONE = {};

    private final SessionKnn options;
    private final double gapMillis;
    /** What an item counts by its distance from the common one. */
    private final double[] distanceFactors;

    private final Rows<Session> sessions = new Rows<>();
    private final Rows<int[]> newest = new Rows<>();
    private final Numbers sessionsOfItem = new Numbers();
    private volatile int itemCount;
    private volatile int sessionCount;
    /** The open session of each user, which must not vote on itself. */
    private final Rows<Session> open = new Rows<>();

    /* The rest belongs to the thread that writes. */
    private final Map<Integer, ArrayDeque<Integer>> numbersOfUser = new HashMap<>();
    private int next;
    private int live;

    SessionModel(SessionKnn options) {
        this.options = options;
        distanceFactors = new double[MAX_LENGTH];
        Arrays.setAll(distanceFactors, k -> Math.exp(-k / options.neighborDecay));
        gapMillis = options.sessionGapMinutes * 60_000.0;
    }

    @Override
    public void update(int user, int item, float weight, long time) {
        Check.event(user, item, weight, time);
        if (!(weight > 0)) {
            return;
        }
        if (item >= itemCount) {
            itemCount = item + 1;
        }
        Session old = open.get(user);
        if (old == null || find(old.number()) == null || time - old.time() > gapMillis) {
            Session fresh = new Session(next, user, new int[] {item}, time);
            next = next == Check.MAX_INDEX ? 0 : next + 1;
            make(fresh);
            open.set(user, fresh);
            list(item, fresh.number());
            return;
        }
        Session full = old.items().length < MAX_LENGTH ? old : withoutOldest(old);
        Session longer = full.with(item, time);
        sessions.set(place(longer.number()), longer);
        open.set(user, longer);
        if (!full.contains(item)) {
            list(item, longer.number());
        }
    }

    private Session withoutOldest(Session old) {
        int first = old.items()[0];
        int[] rest = Arrays.copyOfRange(old.items(), 1, old.items().length);
        Session shorter = new Session(old.number(), old.user(), rest, old.time());
        if (!shorter.contains(first)) {
            unlist(first, old.number());
        }
        return shorter;
    }

    /** Gives a new session its place, from which the oldest one goes. */
    private void make(Session session) {
        Session gone = sessions.get(place(session.number()));
        if (gone != null) {
            remove(gone);
            numbersOfUser.computeIfPresent(gone.user(), (user, numbers) -> {
                numbers.remove(gone.number());
                return numbers.isEmpty() ? null : numbers;
            });
        }
        sessions.set(place(session.number()), session);
        numbersOfUser
                .computeIfAbsent(session.user(), key -> new ArrayDeque<>(2))
                .add(session.number());
        sessionCount = ++live;
    }

    private int place(int number) {
        return number % options.maxSessions;
    }

    private @Nullable Session find(int number) {
        Session session = sessions.get(place(number));
        return session != null && session.number() == number ? session : null;
    }

    private void list(int item, int number) {
        int[] old = numbers(item);
        int drop = old.length < options.sessionsPerItem ? 0 : 1;
        int[] numbers = Arrays.copyOfRange(old, drop, old.length + 1);
        numbers[numbers.length - 1] = number;
        newest.set(item, numbers);
        sessionsOfItem.add(item, 1);
    }

    private void unlist(int item, int number) {
        int[] old = numbers(item);
        sessionsOfItem.add(item, -1);
        for (int k = 0; k < old.length; k++) {
            if (old[k] == number) {
                int[] numbers = Arrays.copyOf(old, old.length - 1);
                System.arraycopy(old, k + 1, numbers, k, numbers.length - k);
                newest.set(item, numbers);
                return;
            }
        }
    }

    private void remove(Session session) {
        sessions.set(place(session.number()), null);
        sessionCount = --live;
        int[] items = session.items();
        for (int k = 0; k < items.length; k++) {
            if (session.lastPlace(items[k]) == k) {
                unlist(items[k], session.number());
            }
        }
    }

    private int[] numbers(int item) {
        int[] numbers = newest.get(item);
        return numbers == null ? NONE : numbers;
    }

    @Override
    public Unlearned forget(int user) {
        ArrayDeque<Integer> numbers = numbersOfUser.remove(user);
        open.set(user, null);
        if (numbers == null) {
            return new Unlearned(0, "");
        }
        boolean full = false;
        for (int number : numbers) {
            Session session = find(number);
            if (session != null) {
                for (int item : session.items()) {
                    full |= numbers(item).length == options.sessionsPerItem;
                }
                remove(session);
            }
        }
        return new Unlearned(
                numbers.size(),
                full ? "older sessions that these had pushed out of an item's list of newest ones stay out" : "");
    }

    @Override
    public String name() {
        return "SessionKnn";
    }

    @Override
    public int users() {
        return 0;
    }

    @Override
    public int items() {
        return itemCount;
    }

    @Override
    public boolean answers(Profile profile) {
        Session own = profile.user() < 0 ? null : open.get(profile.user());
        for (int item : current(profile)) {
            int[] numbers = numbers(item);
            if (numbers.length > 1 || (numbers.length == 1 && (own == null || numbers[0] != own.number()))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the distinct items of the current session, newest first. */
    private int[] current(Profile profile) {
        return current(profile, options.sessionItems);
    }

    private int[] current(Profile profile, int most) {
        Recent recent = new Recent(profile);
        int[] result = new int[Math.min(profile.size(), most)];
        int n = 0;
        long later = Long.MAX_VALUE;
        for (int k = n < result.length ? recent.next() : -1; k >= 0; k = n < result.length ? recent.next() : -1) {
            long time = profile.time(k);
            if (profile.hasTimes() && later != Long.MAX_VALUE && later - time > gapMillis) {
                break;
            }
            if (profile.weight(k) > 0) {
                result[n++] = profile.item(k);
            }
            later = time;
        }
        return Arrays.copyOf(result, n);
    }

    @Override
    public Scorer scorer(Profile profile) {
        return scores(profile);
    }

    @Override
    public void topN(Profile profile, TopN top) {
        scores(profile).offerTo(top);
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return Optional.of(vote(new int[] {item}, null));
    }

    /** By how much the score falls without each item of the current session, which an older one replaces; as many lists as items. */
    @Override
    public List<Contribution> explain(Profile profile, int item) {
        Session own = profile.user() < 0 ? null : open.get(profile.user());
        int[] items = current(profile, options.sessionItems + 1);
        int count = Math.min(items.length, options.sessionItems);
        float score = vote(Arrays.copyOf(items, count), own).score(item);
        List<Contribution> result = new ArrayList<>();
        for (int k = 0; k < count && score != Scorer.UNSCORED; k++) {
            int[] rest = new int[items.length - 1];
            System.arraycopy(items, 0, rest, 0, k);
            System.arraycopy(items, k + 1, rest, k, rest.length - k);
            float without = vote(rest, own).score(item);
            float value = score - (without == Scorer.UNSCORED ? 0f : without);
            if (value != 0f) {
                result.add(Contribution.ofItem(items[k], value));
            }
        }
        return result;
    }

    private ScoreMap scores(Profile profile) {
        return vote(current(profile), profile.user() < 0 ? null : open.get(profile.user()));
    }

    private ScoreMap vote(int[] current, @Nullable Session own) {
        ScoreMap similarities = new ScoreMap();
        for (int k = 0; k < current.length; k++) {
            float weight = (float) Math.exp(-k / options.positionDecay);
            for (int number : numbers(current[k])) {
                similarities.add(number, weight);
            }
        }
        SessionHeap best = new SessionHeap(options.neighbors);
        double scale = 1 / Math.sqrt(Math.max(1, current.length));
        long now = newestTime(current);
        similarities.forEach((number, overlap) -> {
            Session session = find(number);
            if (session != null && (own == null || own.number() != number)) {
                double similarity = overlap * scale / Math.sqrt(session.items().length);
                best.offer(session, (float) (similarity * recency(now - session.time())));
            }
        });
        ScoreMap result = new ScoreMap();
        best.forEach((session, similarity) -> vote(session, similarity, current, result));
        return result;
    }

    private double recency(long ageMillis) {
        double age = ageMillis / Decay.MILLIS_PER_DAY;
        return age <= 0 || Double.isInfinite(options.recencyHalfLifeDays)
                ? 1.0
                : Math.pow(0.5, age / options.recencyHalfLifeDays);
    }

    private long newestTime(int[] current) {
        long result = 0;
        for (int item : current) {
            int[] numbers = numbers(item);
            Session last = numbers.length == 0 ? null : find(numbers[numbers.length - 1]);
            result = last == null ? result : Math.max(result, last.time());
        }
        return result;
    }

    private void vote(Session session, float similarity, int[] current, ScoreMap result) {
        int common = -1;
        for (int k = 0; k < current.length && common < 0; k++) {
            common = session.lastPlace(current[k]);
        }
        int[] items = session.items();
        for (int k = 0; k < items.length && common >= 0; k++) {
            if (k != common || options.repeat > 0) {
                double vote = similarity * distanceFactors[Math.abs(k - common)];
                if (options.rarity > 0) {
                    double having = Math.max(1, sessionsOfItem.get(items[k]));
                    vote *= Math.pow(Math.log1p(sessionCount / having), options.rarity);
                }
                result.add(
                        items[k], (float) (vote * (k < common ? options.backward : k == common ? options.repeat : 1)));
            }
        }
    }

    @Override
    public ModelState state() {
        Map<Integer, UserEvents> clicks = new TreeMap<>();
        Map<Integer, Integer> owners = new TreeMap<>();
        for (Map.Entry<Integer, ArrayDeque<Integer>> entry : numbersOfUser.entrySet()) {
            for (int number : entry.getValue()) {
                Session session = find(number);
                if (session != null) {
                    UserEvents events = new UserEvents();
                    for (int item : session.items()) {
                        events.add(item, 1f, session.time());
                    }
                    clicks.put(number, events);
                    owners.put(number, entry.getKey());
                }
            }
        }
        return new ModelState()
                .put("sessions", EventState.write(clicks))
                .put("owners", owners.values().stream().mapToInt(owner -> owner).toArray())
                .put("next", new int[] {next});
    }

    static SessionModel restore(SessionKnn options, ModelState state) {
        SessionModel model = new SessionModel(options);
        Map<Integer, UserEvents> sessions = EventState.readNumbered(state.child("sessions"));
        int[] owners = state.ints("owners", sessions.size(), 0, Check.MAX_INDEX);
        for (int owner : owners) {
            state.checkUsers(owner + 1);
        }
        int n = 0;
        for (Map.Entry<Integer, UserEvents> entry : sessions.entrySet()) {
            model.restoreSession(entry.getKey(), owners[n++], entry.getValue());
        }
        model.next = state.ints("next", 1, 0, Check.MAX_INDEX)[0];
        return model;
    }

    private void restoreSession(int number, int owner, UserEvents events) {
        if (events.size() < 1 || events.size() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "session " + number + " has " + events.size() + " clicks, not 1 to " + MAX_LENGTH);
        }
        int[] items = new int[events.size()];
        long time = 0;
        for (int k = 0; k < items.length; k++) {
            items[k] = events.item(k);
            time = Math.max(time, events.time(k));
            itemCount = Math.max(itemCount, items[k] + 1);
        }
        Session session = new Session(number, owner, items, time);
        make(session);
        Session old = open.get(owner);
        if (old == null || old.time() <= time) {
            open.set(owner, session);
        }
        for (int k = 0; k < items.length; k++) {
            if (session.lastPlace(items[k]) == k) {
                list(items[k], number);
            }
        }
    }
}
