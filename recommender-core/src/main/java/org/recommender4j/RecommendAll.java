package org.recommender4j;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.recommender4j.AbstractRecommender.Stage;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Model;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;

/**
 * Lists for many users. A wave of users is read from the caller's iterator, its blocks are answered in parallel, then the
 * calling thread hands the lists over in order. So memory is that of a wave, and the caller's code runs in the caller's
 * thread only.
 */
final class RecommendAll<U, I> {
    private static final int USERS_PER_BLOCK = 256;
    private static final int BLOCKS_PER_THREAD = 2;

    private final View<U, I> view;
    private final int n;

    RecommendAll(View<U, I> view, int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative, but is " + n);
        }
        this.view = view;
        this.n = n;
    }

    void run(
            Iterator<? extends U> users,
            Executor executor,
            BiConsumer<? super U, ? super Recommendations<I>> consumer) {
        int threads = Training.defaults().threads();
        List<Entry<U, I>> wave = new ArrayList<>();
        while (users.hasNext()) {
            wave.clear();
            while (users.hasNext() && wave.size() < threads * BLOCKS_PER_THREAD * USERS_PER_BLOCK) {
                wave.add(new Entry<>(users.next()));
            }
            Parallel.forBlocks(
                    wave.size(),
                    USERS_PER_BLOCK,
                    threads,
                    executor,
                    (block, from, to, scratch) -> answer(wave.subList(from, to)));
            for (Entry<U, I> entry : wave) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("interrupted while recommending to many users");
                }
                consumer.accept(entry.user, entry.list);
            }
        }
    }

    private static final class Entry<U, I> {
        private final U user;
        private Recommendations<I> list = new Recommendations<>(List.of(), 0, Map.of());

        Entry(U user) {
            this.user = Objects.requireNonNull(user, "user");
        }
    }

    /** A user of a block on the way through the stages. */
    private static final class Search<I> {
        private final Profile profile;
        private final CompiledRules<I> rules;
        private final TopN best;
        private boolean done;

        Search(Profile profile, CompiledRules<I> rules) {
            this.profile = profile;
            this.rules = rules;
            best = rules.search();
        }

        Recommendations<I> finish(List<Stage> stages) {
            if (done) {
                Stage first = stages.get(0);
                stages.set(0, new Stage(first.source(), this::copy));
            }
            return rules.fill(stages);
        }

        private void copy(TopN top) {
            int[] items = best.items();
            float[] scores = best.scores();
            for (int k = 0; k < items.length; k++) {
                top.offer(items[k], scores[k]);
            }
        }
    }

    private void answer(List<Entry<U, I>> block) {
        List<Search<I>> searches = new ArrayList<>(block.size());
        for (Entry<U, I> entry : block) {
            Profile profile = AbstractRecommender.profileOf(view, entry.user);
            Request<U, I> request = Request.<U, I>forUser(entry.user).limit(n);
            searches.add(new Search<>(profile, CompiledRules.compile(view, request, profile, -1)));
        }
        for (Model stage : view.model().stages()) {
            searchTogether(stage, searches);
        }
        for (int k = 0; k < block.size(); k++) {
            Search<I> search = searches.get(k);
            block.get(k).list = search.finish(AbstractRecommender.stages(view, search.profile));
        }
    }

    /** Fills the first part of the lists of those whom this model is the first to answer. */
    private void searchTogether(Model stage, List<Search<I>> searches) {
        List<Profile> profiles = new ArrayList<>();
        List<TopN> tops = new ArrayList<>();
        for (Search<I> search : searches) {
            if (!search.done && stage.answers(search.profile)) {
                search.done = true;
                profiles.add(search.profile);
                tops.add(search.best);
            }
        }
        stage.topN(profiles, tops);
    }
}
