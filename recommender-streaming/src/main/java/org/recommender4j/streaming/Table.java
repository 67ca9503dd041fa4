package org.recommender4j.streaming;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array of references that grows. Reading takes no lock and sees an element as it was when it was set, whole. Setting is safe
 * from any thread; of two that set the same element, one wins. Memory: 4 or 8 bytes per element, in chunks of 4096.
 */
final class Table<T> {
    private static final int BITS = 12;
    private static final int SIZE = 1 << BITS;
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    /* Chunks are never copied, so no element that is being set gets lost when the table grows. */
    private volatile Object[][] chunks = new Object[0][];

    /** Returns an element, or null if it was never set. */
    @SuppressWarnings("unchecked")
    @Nullable
    T get(int index) {
        Object[][] all = chunks;
        int chunk = index >> BITS;
        return chunk < all.length ? (T) ELEMENT.getAcquire(all[chunk], index & (SIZE - 1)) : null;
    }

    void set(int index, @Nullable T value) {
        ELEMENT.setRelease(chunk(index), index & (SIZE - 1), value);
    }

    /** Sets an element unless it is another one than expected by now. */
    void replace(int index, @Nullable T expected, T value) {
        ELEMENT.compareAndSet(chunk(index), index & (SIZE - 1), expected, value);
    }

    private Object[] chunk(int index) {
        Object[][] all = chunks;
        int chunk = index >> BITS;
        return (chunk < all.length ? all : grow(chunk + 1))[chunk];
    }

    private synchronized Object[][] grow(int count) {
        Object[][] all = chunks;
        if (count > all.length) {
            int before = all.length;
            all = Arrays.copyOf(all, count);
            for (int k = before; k < count; k++) {
                all[k] = new Object[SIZE];
            }
            chunks = all;
        }
        return all;
    }
}
