package org.recommender4j.streaming;

import java.util.List;

/**
 * What was removed of a user, and what remains.
 *
 * <p>Beside {@code residue} remain, for who has the folder, keyed hashes of the ids of the user's latest events, so
 * that an event which is sent once more does not bring the user back; see {@link LiveBuilder#rememberedIds}. Files that
 * were written elsewhere, and copies of the folder, are out of reach.
 *
 * @param known whether there was such a user
 * @param history what was in the history
 * @param vector whether the user's vectors were removed from the model
 * @param journalRecords how many records were removed from the journal; 0 without one
 * @param residue what may remain, in words: of models until the next refit that begins from now on, of counts that were
 *     released with {@link Noise} until they have faded; empty if nothing does
 */
public record Forgotten<I>(
        boolean known, List<HistoryEntry<I>> history, boolean vector, long journalRecords, List<String> residue) {
    Forgotten<I> withJournalRecords(long records) {
        return new Forgotten<>(known, history, vector, records, residue);
    }
}
