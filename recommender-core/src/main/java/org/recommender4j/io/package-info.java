/**
 * Model files: a trained model on disk, in the open safetensors layout.
 *
 * <p>Start at {@link org.recommender4j.io.ModelFile}, which also draws the layout. It stores and restores a {@link
 * org.recommender4j.model.ModelState}, whatever algorithm that comes from; a file that cannot be trusted gives a {@link
 * org.recommender4j.io.ModelFormatException}. Everything else is package-private: {@code Header} is what a file says about
 * its tensors, {@code JsonReader} and {@code JsonWriter} its text form, {@code TensorData} moves arrays to and from a
 * channel, {@code AtomicFile} replaces a file in one step.
 *
 * <p>Imports {@code model} and the JDK only.
 */
@NullMarked
package org.recommender4j.io;

import org.jspecify.annotations.NullMarked;
