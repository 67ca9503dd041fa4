package org.recommender4j.examples.liveshop;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Somebody with interests that change: now and then a new department takes most of the attention. */
final class Visitor {
    private static final double FOCUS = 8;

    private final String id;
    private final SplittableRandom random;
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
        return Math.min(0.9, 0.06 * interest(product.department()) * product.appeal());
    }

    private double interest(Department department) {
        return interests.getOrDefault(department, 0.0);
    }

    /** Returns the department that a walk through the shop leads to. */
    Department wanders() {
        double total = interests.values().stream().mapToDouble(Double::doubleValue).sum();
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
