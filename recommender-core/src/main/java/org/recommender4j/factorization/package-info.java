/**
 * Models of two factor matrices: the score of a user and an item is the dot product of their vectors.
 *
 * <p>Start with {@link org.recommender4j.factorization.ImplicitAls}. Its trainer, {@code AlsTrainer}, alternates between the two
 * matrices: {@code Gram} turns one of them so that its Gram matrix is diagonal, {@code RidgeSolver} then finds each row of the
 * other. It and {@link org.recommender4j.factorization.Bpr} give a {@link org.recommender4j.factorization.FactorModel}, which
 * serves them and asks a {@code FoldIn} for the vector of a history that it was not trained on.
 *
 * <p>For ratings there are {@link org.recommender4j.factorization.BiasedMf}, {@link org.recommender4j.factorization.SvdPlusPlus}
 * and {@link org.recommender4j.factorization.BayesianMf}. They train two {@code RatingSide}s, whose rows a {@code RatingSolver}
 * finds or draws, and give a {@link org.recommender4j.factorization.RatingModel}.
 *
 * <p>May import the data and model packages and the kernels; no other algorithm.
 */
@NullMarked
package org.recommender4j.factorization;

import org.jspecify.annotations.NullMarked;
