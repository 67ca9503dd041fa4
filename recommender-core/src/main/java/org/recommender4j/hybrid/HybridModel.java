package org.recommender4j.hybrid;

import java.util.List;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Model;

/** What models made of models have in common. */
abstract class HybridModel implements Model {
    private final String name;
    final List<Model> members;
    /** Whether the members that need to know something of a profile decide if there is an answer. */
    private final boolean personal;

    HybridModel(String name, List<Model> members) {
        this.name = name;
        this.members = members;
        personal = members.stream().anyMatch(member -> !member.answers(Profile.empty()));
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int users() {
        return members.stream().mapToInt(Model::users).max().orElse(0);
    }

    @Override
    public final int items() {
        return members.stream().mapToInt(Model::items).max().orElse(0);
    }

    /**
     * Popularity as a member must not turn an unknown user into a known one: what answers for everybody counts only when
     * there is nothing else.
     */
    @Override
    public boolean answers(Profile profile) {
        return members.stream()
                .anyMatch(member -> member.answers(profile) && !(personal && member.answers(Profile.empty())));
    }
}
