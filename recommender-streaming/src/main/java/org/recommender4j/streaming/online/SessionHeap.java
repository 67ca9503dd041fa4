package org.recommender4j.streaming.online;

import java.util.Arrays;

/** The most similar sessions; of equally similar ones the newest, so that the result does not depend on the order of offers. */
final class SessionHeap {
    private final int capacity;
    private Session[] sessions = new Session[16];
    private float[] similarities = new float[16];
    private int size;

    SessionHeap(int capacity) {
        this.capacity = capacity;
    }

    /** Is given a session and its similarity. */
    interface Visitor {
        void accept(Session session, float similarity);
    }

    void offer(Session session, float similarity) {
        if (size < capacity) {
            if (size == sessions.length) {
                sessions = Arrays.copyOf(sessions, 2 * size);
                similarities = Arrays.copyOf(similarities, 2 * size);
            }
            siftUp(session, similarity, size++);
        } else if (isWorse(0, session, similarity)) {
            siftDown(session, similarity);
        }
    }

    /** Tells whether the one at a place is worse than another. */
    private boolean isWorse(int place, Session session, float similarity) {
        return similarities[place] < similarity
                || (similarities[place] == similarity && sessions[place].number() < session.number());
    }

    private void siftUp(Session session, float similarity, int place) {
        int child = place;
        while (child > 0) {
            int parent = (child - 1) >>> 1;
            if (isWorse(parent, session, similarity)) {
                break;
            }
            move(parent, child);
            child = parent;
        }
        put(child, session, similarity);
    }

    private void siftDown(Session session, float similarity) {
        int parent = 0;
        for (int child = 1; child < size; child = 2 * parent + 1) {
            if (child + 1 < size && isWorse(child + 1, sessions[child], similarities[child])) {
                child++;
            }
            if (!isWorse(child, session, similarity)) {
                break;
            }
            move(child, parent);
            parent = child;
        }
        put(parent, session, similarity);
    }

    private void move(int from, int to) {
        sessions[to] = sessions[from];
        similarities[to] = similarities[from];
    }

    private void put(int place, Session session, float similarity) {
        sessions[place] = session;
        similarities[place] = similarity;
    }

    void forEach(Visitor visitor) {
        // Sums of floats depend on their order, which must not be that of a hash table.
        long[] order = new long[size];
        Arrays.setAll(order, k -> ((long) sessions[k].number() << 32) | k);
        Arrays.sort(order);
        for (long entry : order) {
            visitor.accept(sessions[(int) entry], similarities[(int) entry]);
        }
    }
}
