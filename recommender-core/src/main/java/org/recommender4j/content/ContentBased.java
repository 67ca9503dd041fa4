package org.recommender4j.content;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.recommender4j.Algorithm;
import org.recommender4j.data.TextAnalyzer;
import org.recommender4j.model.FeatureMatrix;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Recommends items that are like those that a user liked, by their features alone: categories, numbers, texts, and named vectors
 * that the caller brings (embeddings of images, sounds or texts), each with a weight. So an item that nobody has seen yet is
 * recommended at once, and a user with a few clicks has a taste.
 *
 * <pre>{@code
 * Algorithm algorithm = ContentBased.builder()
 *     .field("genre", 1)
 *     .field("plot", 2)
 *     .field("poster", 0.5)     // a vector
 *     .build();
 * }</pre>
 *
 * <p>An item's profile is a row of a {@link FeatureMatrix}. A user's taste is the weighted sum of the rows of the history: of
 * implicit feedback with weight {@code log2(1 + weight)}, of ratings from 0.5 (just liked) to 1 (the best one), and for what
 * was disliked, in proportion down to {@code -negativeWeight} for the lowest; older interactions fade by a half-life. The score
 * is the cosine of taste and item, from -1 to 1, or their dot product. Explanations name the shared features.
 *
 * <p>Training is one pass over the features. A list costs one pass over the items that share a feature with the history, and over
 * all items if there are vectors; an item that shares none is left to the fallback. Memory: 16 bytes per feature value, 8 per
 * dimension of the vectors, and 8 bytes per item. The model knows no users: everybody's history is taken as it is at the
 * time of the request. Immutable; thread-safe.
 *
 * <p>Source: M. Pazzani, D. Billsus, "Content-Based Recommendation Systems", 2007; the taste is J. Rocchio's, "Relevance
 * Feedback in Information Retrieval", 1971; BM25 of S. Robertson et al., "Okapi at TREC-3", 1994.
 *
 * @since 0.1
 */
public final class ContentBased implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("ContentBased")
            .text("fields", b -> print(b.fields), Builder::parseFields)
            .choice("weighting", FeatureMatrix.Weighting.class, b -> b.weighting, Builder::weighting)
            .choice("similarity", Similarity.class, b -> b.similarity, Builder::similarity)
            .number("negativeWeight", b -> b.negativeWeight, Builder::negativeWeight)
            .number("halfLifeDays", b -> b.halfLifeDays, Builder::halfLifeDays)
            .choice("analyzer", Analyzer.class, b -> b.analyzerName(), Builder::analyzerNamed);

    /** How a taste and an item are compared. */
    public enum Similarity {
        /** The cosine: an item with few features is as good as one with many. */
        COSINE,
        /** The dot product: an item with features in more fields is better. */
        DOT
    }

    /** Which analyzer was used; a model needs it only in training. */
    private enum Analyzer {
        STANDARD,
        CUSTOM
    }

    private final Builder options;

    /** Makes the algorithm with its default options. */
    public ContentBased() {
        this(builder());
    }

    private ContentBased(Builder builder) {
        options = builder;
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private Map<String, Double> fields = new LinkedHashMap<>();
        private FeatureMatrix.Weighting weighting = FeatureMatrix.Weighting.TFIDF;
        private Similarity similarity = Similarity.COSINE;
        private double negativeWeight = 0.5;
        private double halfLifeDays = Double.POSITIVE_INFINITY;
        private TextAnalyzer analyzer = TextAnalyzer.standard();
        private boolean custom;

        private Builder() {}

        private Builder(Builder other) {
            fields = new LinkedHashMap<>(other.fields);
            weighting = other.weighting;
            similarity = other.similarity;
            negativeWeight = other.negativeWeight;
            halfLifeDays = other.halfLifeDays;
            analyzer = other.analyzer;
            custom = other.custom;
        }

        /**
         * Takes a field of the item features, with a weight of 1e-6 to 1e6: how much its cosine counts. Without a call, all fields
         * count 1. A name that stands for fields of several kinds takes them all.
         */
        public Builder field(String name, double weight) {
            if (name.isEmpty() || name.indexOf(':') >= 0 || name.indexOf(',') >= 0) {
                throw new IllegalArgumentException("a field's name can't be empty or have ':' or ',': '" + name + "'");
            }
            fields.put(Options.fieldName("field", name), Options.inRange("weight", weight, 1e-6, 1e6));
            return this;
        }

        private void parseFields(String text) {
            fields = new LinkedHashMap<>();
            for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
                int colon = part.lastIndexOf(':');
                field(
                        (colon < 0 ? part : part.substring(0, colon)).strip(),
                        colon < 0
                                ? 1
                                : Double.parseDouble(part.substring(colon + 1).strip()));
            }
        }

        /** Sets how terms of texts count; default {@link FeatureMatrix.Weighting#TFIDF}. */
        public Builder weighting(FeatureMatrix.Weighting weighting) {
            this.weighting = weighting;
            return this;
        }

        /** Sets how a taste and an item are compared; default {@link Similarity#COSINE}. */
        public Builder similarity(Similarity similarity) {
            this.similarity = similarity;
            return this;
        }

        /** Sets how much a dislike takes away, from 0 to 10; default 0.5. */
        public Builder negativeWeight(double weight) {
            negativeWeight = Options.inRange("negativeWeight", weight, 0, 10);
            return this;
        }

        /** Sets after how many days an interaction counts half, more than 0; default infinity. Needs times. */
        public Builder halfLifeDays(double days) {
            halfLifeDays = Options.inRange("halfLifeDays", days, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
            return this;
        }

        /** Sets what cuts texts into terms; default {@link TextAnalyzer#standard()}. Not saved: only training needs it. */
        public Builder analyzer(TextAnalyzer analyzer) {
            this.analyzer = analyzer;
            custom = true;
            return this;
        }

        private Analyzer analyzerName() {
            return custom ? Analyzer.CUSTOM : Analyzer.STANDARD;
        }

        private void analyzerNamed(Analyzer name) {
            if (name == Analyzer.STANDARD) {
                analyzer = TextAnalyzer.standard();
            }
            custom = name == Analyzer.CUSTOM;
        }

        /** Returns the algorithm. */
        public ContentBased build() {
            return new ContentBased(new Builder(this));
        }
    }

    private static String print(Map<String, Double> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ":" + field.getValue())
                .collect(Collectors.joining(", "));
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(options);
    }

    @Override
    public Algorithm with(Map<String, String> changes) {
        return OPTIONS.apply(changes, new Builder(options)).build();
    }

    @Override
    public Model train(TrainingData data, Training training) {
        FeatureMatrix features = FeatureMatrix.of(
                data.itemFeatures(), Collections.unmodifiableMap(options.fields), options.weighting, options.analyzer);
        return ContentModel.of(name(), data, features, settings());
    }

    private ContentModel.Settings settings() {
        return new ContentModel.Settings(
                options.similarity == Similarity.COSINE, options.negativeWeight, options.halfLifeDays);
    }

    @Override
    public Model restore(ModelState state) {
        return ContentModel.restore(name(), state, settings());
    }
}
