/**
 * Models of two factor matrices: the score of a user and an item is the dot product of their vectors.
 *
 * <p>Start with {@link org.recommender4j.factorization.ImplicitAls}. Its trainer, {@code AlsTrainer}, alternates between the two
 * matrices: {@code Gram} turns one of them so that its Gram matrix is diagonal, {@code RidgeSolver} then finds each row of the
 * other. All algorithms of the package give a {@link org.recommender4j.factorization.FactorModel}, which serves them and asks a
 * {@code FoldIn} for the vector of a history that it was not trained on.
 *
 * <p>May import the data and model packages and the kernels; no other algorithm.
 */
@NullMarked
package org.recommender4j.factorization;

import org.jspecify.annotations.NullMarked;
