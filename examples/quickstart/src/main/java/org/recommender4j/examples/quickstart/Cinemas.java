package org.recommender4j.examples.quickstart;

import java.util.Set;

/** Films of the catalogue by where they come from, for the followers of a cinema. */
final class Cinemas {
    /** Films made in Japan. */
    static final Set<String> JAPANESE = Set.of(
            "akira-1988",
            "drive-my-car-2021",
            "ghost-in-the-shell-1995",
            "godzilla-1954",
            "grave-of-the-fireflies-1988",
            "harakiri-1962",
            "high-and-low-1963",
            "ikiru-1952",
            "my-neighbor-totoro-1988",
            "nausicaa-of-the-valley-of-the-wind-1984",
            "perfect-blue-1997",
            "princess-mononoke-1997",
            "ran-1985",
            "rashomon-1950",
            "ringu-1998",
            "seven-samurai-1954",
            "shoplifters-2018",
            "spirited-away-2001",
            "tampopo-1985",
            "the-boy-and-the-heron-2023",
            "tokyo-story-1953",
            "yojimbo-1961",
            "your-name-2016");

    /** Films of the post-war masters of Italy, France, Sweden, Germany and the Soviet Union. */
    static final Set<String> EUROPEAN = Set.of(
            "aguirre-the-wrath-of-god-1972",
            "bicycle-thieves-1948",
            "breathless-1960",
            "cleo-from-5-to-7-1962",
            "come-and-see-1985",
            "la-dolce-vita-1960",
            "le-samourai-1967",
            "les-diaboliques-1955",
            "rififi-1955",
            "rome-open-city-1945",
            "solaris-1972",
            "stalker-1979",
            "the-400-blows-1959",
            "the-battle-of-algiers-1966",
            "the-cranes-are-flying-1957",
            "the-seventh-seal-1957",
            "the-umbrellas-of-cherbourg-1964",
            "the-young-girls-of-rochefort-1967");

    private Cinemas() {}
}
