package org.recommender4j.examples.liveshop;

/** How many lists were shown, and how many of them got a click. */
final class Clicks {
    private int shown;
    private int clicked;

    void count(boolean click) {
        shown++;
        clicked += click ? 1 : 0;
    }

    double rate() {
        return shown == 0 ? 0 : clicked / (double) shown;
    }
}
