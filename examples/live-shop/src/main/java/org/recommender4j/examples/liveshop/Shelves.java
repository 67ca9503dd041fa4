package org.recommender4j.examples.liveshop;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What the shop sells and how much of it is left. */
final class Shelves {
    private static final int DELIVERY = 40;

    private final SplittableRandom random;
    private final Map<String, Product> products = new LinkedHashMap<>();
    private final Map<String, Integer> stock = new LinkedHashMap<>();
    private final Map<Department, List<Product>> byDepartment = new EnumMap<>(Department.class);

    Shelves(SplittableRandom random, int perDepartment) {
        this.random = random;
        for (Department department : Department.values()) {
            byDepartment.put(department, new ArrayList<>());
            for (int n = 0; n < perDepartment; n++) {
                add(department);
            }
        }
    }

    /** Puts a new product on the shelves. */
    Product add(Department department) {
        List<Product> same = byDepartment.computeIfAbsent(department, d -> new ArrayList<>());
        double appeal = 0.4 + 1.2 * random.nextDouble();
        Product product =
                new Product("P" + (1000 + products.size()), department.product(same.size()), department, appeal);
        products.put(product.id(), product);
        stock.put(product.id(), DELIVERY);
        same.add(product);
        return product;
    }

    Product get(String id) {
        Product product = products.get(id);
        if (product == null) {
            throw new IllegalArgumentException("there is no product " + id);
        }
        return product;
    }

    Iterable<Product> all() {
        return products.values();
    }

    /** Returns some product of a department. */
    Product any(Department department) {
        List<Product> choice = byDepartment.computeIfAbsent(department, d -> new ArrayList<>());
        return choice.get(random.nextInt(choice.size()));
    }

    boolean inStock(String id) {
        return stock.getOrDefault(id, 0) > 0;
    }

    /** Takes one piece; tells whether there was one. */
    boolean sell(String id) {
        int left = stock.getOrDefault(id, 0);
        stock.put(id, Math.max(0, left - 1));
        return left > 0;
    }

    /** Fills up what ran out. */
    int deliver() {
        int filled = 0;
        for (Map.Entry<String, Integer> entry : stock.entrySet()) {
            if (entry.getValue() == 0 && random.nextInt(3) == 0) {
                entry.setValue(DELIVERY);
                filled++;
            }
        }
        return filled;
    }
}
