package org.recommender4j.streaming;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.recommender4j.internal.util.Utf8;

/** The rules of {@code docs/architecture.md} for this module. */
class StreamingArchitectureTest {
    private static final String ROOT = "org.recommender4j.streaming";

    private static JavaClasses streaming;

    @BeforeAll
    static void read() {
        streaming = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
        assertThat(streaming.size()).isGreaterThan(50);
    }

    /** What each package may import of this module, as the table in the document says. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.of(
            "", Set.of("journal", "online", "analytics"),
            "journal", Set.of(),
            "online", Set.of(),
            "analytics", Set.of(),
            "explore", Set.of(""),
            "micrometer", Set.of(""));

    private static String inside(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }

    @Test
    void packagesImportWhatTheyMay() {
        Set<String> packages = new TreeSet<>();
        streaming.forEach(type -> packages.add(type.getPackageName()));
        assertThat(packages)
                .isEqualTo(MAY_IMPORT.keySet().stream()
                        .map(StreamingArchitectureTest::inside)
                        .collect(Collectors.toSet()));
        MAY_IMPORT.forEach((name, allowed) -> {
            String[] others = MAY_IMPORT.keySet().stream()
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(StreamingArchitectureTest::inside)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(inside(name))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(others))
                    .check(streaming);
        });
        classes()
                .that()
                .resideInAPackage(ROOT + ".journal")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", ROOT + ".journal", "org.jspecify..", "org.recommender4j.internal.disk"))
                .check(streaming);
    }

    @Test
    void onlyTheTopPackageKnowsTheOthers() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".journal..", ROOT + ".online..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT, ROOT + ".micrometer.."))
                .check(streaming);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".journal..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + ".online..", "org.recommender4j.model.."))
                .check(streaming);
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(streaming);
    }

    /** But the one way from text to bytes and back, and the one to files, which model files and journals must share. */
    @Test
    void theTopPackageUsesNoInternalsButFiles() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT, ROOT + ".journal..", ROOT + ".analytics..", ROOT + ".explore..", ROOT + ".micrometer..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.recommender4j.internal..")
                        .and(not(equivalentTo(Utf8.class)))
                        .and(not(resideInAnyPackage("org.recommender4j.internal.disk"))))
                .check(streaming);
    }

    @Test
    void micrometerIsOptional() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".micrometer..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.micrometer.."))
                .check(streaming);
    }

    @Test
    void threadsAndClocksComeFromOutside() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".LiveThreads")
                .should()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .check(streaming);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".LiveThreads")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .check(streaming);
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(streaming);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(streaming);
    }

    @Test
    void eachPackageIsNullMarked() {
        Set<String> packages = new TreeSet<>();
        streaming.forEach(type -> packages.add(type.getPackageName()));
        assertThat(packages).hasSizeGreaterThan(3);
        for (String name : packages) {
            assertThat(streaming.stream()
                            .anyMatch(type -> type.getPackageName().equals(name)
                                    && type.getSimpleName().equals("package-info")
                                    && type.isAnnotatedWith(NullMarked.class)))
                    .as("package-info of %s", name)
                    .isTrue();
        }
    }

    @Test
    void mostTypesAreNotPublic() {
        long all = streaming.stream()
                .filter(StreamingArchitectureTest::isOutermost)
                .count();
        long exposed = streaming.stream()
                .filter(StreamingArchitectureTest::isOutermost)
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
        assertThat(exposed).as("public of %d types", all).isLessThan(all * 6 / 10);
    }

    private static boolean isOutermost(JavaClass type) {
        return type.getEnclosingClass().isEmpty() && !type.getSimpleName().equals("package-info");
    }
}
