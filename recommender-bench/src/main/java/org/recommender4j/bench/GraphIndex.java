package org.recommender4j.bench;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A graph of near vectors, by JVector with the options of its documentation. Belongs to one thread. */
final class GraphIndex implements AutoCloseable {
    private static final VectorSimilarityFunction PRODUCT = VectorSimilarityFunction.DOT_PRODUCT;
    private static final VectorTypeSupport VECTORS =
            VectorizationProvider.getInstance().getVectorTypeSupport();

    private final RandomAccessVectorValues values;
    private final GraphIndexBuilder builder;
    private final GraphSearcher searcher;

    /** Builds the graph on all processors; the rows have length 1. */
    GraphIndex(float[] rows, int dimensions) {
        List<VectorFloat<?>> vectors = new ArrayList<>();
        for (int from = 0; from < rows.length; from += dimensions) {
            vectors.add(VECTORS.createFloatVector(Arrays.copyOfRange(rows, from, from + dimensions)));
        }
        values = new ListRandomAccessVectorValues(vectors, dimensions);
        builder = new GraphIndexBuilder(
                BuildScoreProvider.randomAccessScoreProvider(values, PRODUCT), dimensions, 16, 100, 1.2f, 1.2f);
        OnHeapGraphIndex graph = builder.build(values);
        searcher = new GraphSearcher(graph);
    }

    /** Returns the best of a number of candidates. */
    int[] find(float[] vector, int n, int candidates) {
        SearchScoreProvider scores = SearchScoreProvider.exact(VECTORS.createFloatVector(vector), PRODUCT, values);
        SearchResult result = searcher.search(scores, n, candidates, 0f, 0f, Bits.ALL);
        return Arrays.stream(result.getNodes()).mapToInt(node -> node.node).toArray();
    }

    @Override
    public void close() {
        try {
            searcher.close();
            builder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
