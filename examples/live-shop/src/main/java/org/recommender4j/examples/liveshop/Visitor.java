package org.recommender4j.examples.liveshop;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Somebody with interests that change: now and then a new department takes most of the attention. */
final class Visitor {
    private static final double FOCUS = 8;
    /** Who has looked at something seldom needs to see it again. */
    private static final double AGAIN = 0.1;

    private final String id;
    private final SplittableRandom random;
    private final Set<String> looked = new HashSet<>();
    private final Map<Department, Double> interests = new EnumMap<>(Department.class);

    Visitor(String id, SplittableRandom random) {
        this.id = id;
        this.random = random;
        turn();
    }

    String id() {
        return id;
    }

    /** Changes the interests: one department in focus, one on the side. */
    void turn() {
        Department[] all = Department.values();
        for (Department department : all) {
            interests.put(department, 0.3 * random.nextDouble());
        }
        interests.merge(all[random.nextInt(all.length)], FOCUS / 4, Double::sum);
        interests.merge(all[random.nextInt(all.length)], FOCUS, Double::sum);
    }

    /** Returns how likely a look at a product becomes a click, from 0 to 1. */
    double clicks(Product product) {
        return looked.contains(product.id()) ? AGAIN * fresh(product) : fresh(product);
    }

    private double fresh(Product product) {
        return Math.min(0.9, 0.015 * interest(product.department()) * product.appeal());
    }

    void looksAt(Product product) {
        looked.add(product.id());
    }

    private double interest(Department department) {
        return interests.getOrDefault(department, 0.0);
    }

    /** Returns the department that a walk through the shop leads to. */
    Department wanders() {
        double total =
                interests.values().stream().mapToDouble(Double::doubleValue).sum();
        double draw = random.nextDouble() * total;
        Department last = Department.CAMPING;
        for (Map.Entry<Department, Double> entry : interests.entrySet()) {
            last = entry.getKey();
            draw -= entry.getValue();
            if (draw < 0) {
                break;
            }
        }
        return last;
    }
}
