package org.recommender4j.streaming;

import java.util.List;

/**
 * What was removed of a user, and what remains.
 *
 * @param known whether there was such a user
 * @param history what was in the history
 * @param vector whether the user's vectors were removed from the model
 * @param journalRecords how many records were removed from the journal; 0 without one
 * @param residue what remains until the next refit that begins from now on, in words; empty if nothing does
 */
public record Forgotten<I>(
        boolean known, List<HistoryEntry<I>> history, boolean vector, long journalRecords, List<String> residue) {
    Forgotten<I> withJournalRecords(long records) {
        return new Forgotten<>(known, history, vector, records, residue);
    }
}
