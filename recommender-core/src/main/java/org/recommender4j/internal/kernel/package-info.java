/**
 * Dot products, panel scoring, Gram matrices and Cholesky factors on {@code float} arrays, with and without vector
 * instructions. Not API. Uses the JDK only, and is the only place that may name {@code jdk.incubator.vector}.
 *
 * <h2>Where to start</h2>
 *
 * <p>{@link org.recommender4j.internal.kernel.Panels} scores users against items, {@link
 * org.recommender4j.internal.kernel.Int8Panels} does it approximately on a quarter of the memory, {@link
 * org.recommender4j.internal.kernel.Kernels} has the operations of training, {@link
 * org.recommender4j.internal.kernel.Cholesky} solves. These check their arguments; everything behind them trusts.
 *
 * <h2>Layout</h2>
 *
 * <p>Items are interleaved in panels of 32, so that a vector holds one dimension of several items and a score needs no sum
 * across a vector. Element {@code (i, j)}, item {@code i} and dimension {@code j} of {@code d}, is at {@code (i / 32) * 32 * d
 * + j * 32 + i % 32}:
 *
 * <pre>
 *            item 0   item 1  ...  item 31 | item 32  item 33 ...
 *   dim 0       0        1            31   |  32d      32d+1
 *   dim 1      32       33            63   |  32d+32   32d+33
 *   ...                                    |
 *   dim d-1  32d-32   32d-31        32d-1  |  64d-32   64d-31
 *            `-------- panel 0 ----------'   `-- panel 1 ...
 * </pre>
 *
 * <p>The last panel is filled up with zeros. The width is the same on every machine; it is one to four vectors wide on those
 * that exist. Users that are scored together are packed eight wide: dimension {@code j} of user {@code r} is at {@code
 * 8 * j + r}.
 *
 * <h2>Determinism</h2>
 *
 * <p>A score is one chain of fused multiply-adds over ascending dimensions, starting from zero; an element of a matrix is
 * one chain over ascending rows or pivots, starting from what it was. No vector length or block size can change such a
 * chain, so scalar and vector kernels, one user and a batch, give identical bits, and tests ask for equality. The one
 * exception to chains, the dot product of two rows, is defined by 16 lanes that are added in halves. On a processor
 * without a fused multiply-add all kernels multiply and add with two roundings: results then differ from those of other
 * machines, but not between the kernels.
 *
 * <h2>Selection</h2>
 *
 * <p>{@link org.recommender4j.internal.kernel.KernelSelection} decides once, when the first kernel is used, and logs the
 * outcome; the system property {@code org.recommender4j.simd} ({@code true}, {@code false}, {@code auto}) overrides it.
 * Only classes named {@code Simd*} link against the incubating module.
 */
@NullMarked
package org.recommender4j.internal.kernel;

import org.jspecify.annotations.NullMarked;
