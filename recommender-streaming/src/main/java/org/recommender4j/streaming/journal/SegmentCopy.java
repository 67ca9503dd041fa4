package org.recommender4j.streaming.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a segment anew without some of its records. A segment that keeps all of them is not touched. */
final class SegmentCopy {
    private final Segment old;
    private final Disk disk;
    private final Journal.Filter filter;
    private @Nullable SegmentRewrite out;
    /** The last version and the link of records that were dropped and for which there is no bridge yet; 0 without any. */
    private long gap;

    private int gapLink;

    SegmentCopy(Segment old, Disk disk, Journal.Filter filter) {
        this.old = old;
        this.disk = disk;
        this.filter = filter;
    }

    Segment run(Ownership owner) throws IOException {
        try (SegmentReader reader = new SegmentReader(old, old.end)) {
            while (reader.next()) {
                copy(reader);
            }
            reader.check(old);
            if (out == null) {
                return old;
            }
            bridge(out);
            return out.finish(owner);
        } finally {
            if (out != null) {
                out.close();
            }
        }
    }

    private void copy(SegmentReader reader) throws IOException {
        boolean keep = !reader.isBridge() && filter.keep(reader.version(), reader.time(), reader.payload());
        if (out == null && (keep || reader.isBridge())) {
            return;
        }
        if (out == null) {
            out = new SegmentRewrite(old, reader.at(), disk);
        }
        if (keep) {
            bridge(out);
            out.put(reader);
        } else {
            gap = reader.through();
            gapLink = reader.link();
        }
    }

    private void bridge(SegmentRewrite to) throws IOException {
        if (gap > 0) {
            to.bridge(gap, gapLink);
            gap = 0;
        }
    }
}
