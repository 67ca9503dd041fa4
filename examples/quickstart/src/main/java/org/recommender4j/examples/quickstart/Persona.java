package org.recommender4j.examples.quickstart;

/** Users with a name and one clear taste, by whom a reader can judge the recommendations. */
enum Persona {
    /** Loves film noir and the thrillers of the 1940s to 1960s. */
    NORA("nora", Taste.NOIR, "film noir and the thrillers of the 1940s to 1960s"),
    /** Loves science fiction and animation. */
    SAM("sam", Taste.TOMORROW, "science fiction and animation"),
    /** Loves musicals and romances. */
    ROSA("rosa", Taste.STAGE, "musicals and romances"),
    /** Loves Japanese cinema; no column of the catalogue tells which films these are. */
    KENJI("kenji", Taste.JAPAN, "Japanese cinema, drawn or played"),
    /** Loves westerns and war films. */
    WALT("walt", Taste.FRONTIER, "westerns and war films");

    private final String id;
    private final Taste taste;
    private final String loves;

    Persona(String id, Taste taste, String loves) {
        this.id = id;
        this.taste = taste;
        this.loves = loves;
    }

    /** The user id, as in {@link Rating#user()}. */
    String id() {
        return id;
    }

    /** The one taste of this user. */
    Taste taste() {
        return taste;
    }

    /** The taste in words, to be read after "loves". */
    String loves() {
        return loves;
    }
}
