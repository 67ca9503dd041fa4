package org.recommender4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of {@code docs/architecture.md}. Each first counts what it looks at, so that it can't pass on nothing. */
class ArchitectureTest {
    private static final String ROOT = "org.recommender4j";
    /** Packages that are not an algorithm family. */
    private static final Set<String> SHARED = Set.of("data", "model", "io", "eval", "hybrid", "rerank", "internal");

    private static JavaClasses core;

    @BeforeAll
    static void read() {
        core = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
        assertThat(core.size()).isGreaterThan(40);
    }

    private static void check(ArchRule rule, String packageOfSubjects, int atLeast) {
        assertThat(core.stream().filter(resideInAPackage(packageOfSubjects)).count())
                .as("classes in %s", packageOfSubjects)
                .isGreaterThanOrEqualTo(atLeast);
        rule.check(core);
    }

    /** The packages right below the root that hold algorithms. */
    private static Set<String> families() {
        Set<String> result = new TreeSet<>();
        for (JavaClass type : core) {
            String name = type.getPackageName();
            if (name.length() > ROOT.length()) {
                String below = name.substring(ROOT.length() + 1);
                String first = below.contains(".") ? below.substring(0, below.indexOf('.')) : below;
                if (!SHARED.contains(first)) {
                    result.add(first);
                }
            }
        }
        assertThat(result).contains("popularity", "factorization");
        return result;
    }

    private static String[] packagesOf(Iterable<String> families) {
        List<String> result = new java.util.ArrayList<>();
        families.forEach(family -> result.add(ROOT + "." + family + ".."));
        return result.toArray(new String[0]);
    }

    @Test
    void kernelsUseTheJdkOnly() {
        check(
                classes()
                        .that()
                        .resideInAPackage(ROOT + ".internal.kernel..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..", "jdk.incubator.vector..", ROOT + ".internal.kernel..", "org.jspecify.."),
                ROOT + ".internal.kernel..",
                3);
    }

    @Test
    void onlySimdClassesUseTheVectorApi() {
        check(
                noClasses()
                        .that(DescribedPredicate.not(new DescribedPredicate<JavaClass>("are SIMD kernels") {
                            @Override
                            public boolean test(JavaClass type) {
                                return type.getPackageName().equals(ROOT + ".internal.kernel")
                                        && type.getSimpleName().startsWith("Simd");
                            }
                        }))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("jdk.incubator.."),
                ROOT + "..",
                40);
    }

    @Test
    void dataAndModelKnowNoAlgorithm() {
        String[] families = packagesOf(families());
        for (String layer : List.of(ROOT + ".data..", ROOT + ".model..", ROOT + ".io..", ROOT)) {
            check(
                    noClasses()
                            .that()
                            .resideInAPackage(layer)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(families),
                    layer,
                    3);
        }
        check(
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + ".data..")
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(ROOT, ROOT + ".model..", ROOT + ".io..")),
                ROOT + ".data..",
                10);
    }

    @Test
    void familiesKnowNeitherEachOtherNorIdsNorFilesNorEvaluation() {
        for (String family : families()) {
            Set<String> others = new TreeSet<>(families());
            others.remove(family);
            others.addAll(Set.of("eval", "io", "hybrid", "rerank"));
            check(
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + "." + family + "..")
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(packagesOf(others))
                                    .or(JavaClass.Predicates.simpleName("IdMap"))),
                    ROOT + "." + family + "..",
                    1);
        }
    }

    @Test
    void hybridsRerankersAndEvaluationKnowModelsNotFamilies() {
        assertThat(core.stream().filter(type -> type.getPackageName().equals(ROOT + ".eval.report")))
                .hasSizeGreaterThan(8);
        for (String layer : List.of("hybrid", "rerank", "eval")) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + layer + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packagesOf(families()))
                    .allowEmptyShould(true)
                    .check(core);
        }
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(ROOT + ".hybrid..", ROOT + ".rerank..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + ".eval.."),
                ROOT + ".hybrid..",
                10);
        check(
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + ".eval")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + ".eval.report.."),
                ROOT + ".eval",
                20);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages, the root included";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(core);
    }

    @Test
    void signaturesShowNoForeignTypes() {
        ArchCondition<JavaMethod> clean = new ArchCondition<>("have no type of a dependency in the signature") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Set<JavaClass> types = new java.util.HashSet<>(method.getRawParameterTypes());
                types.add(method.getRawReturnType());
                for (JavaClass type : types) {
                    String name = type.getBaseComponentType().getName();
                    if (name.startsWith("it.unimi") || name.startsWith("org.ejml") || name.startsWith("de.siegmar")) {
                        events.add(SimpleConditionEvent.violated(method, method.getFullName() + " shows " + name));
                    }
                }
            }
        };
        assertThat(core.stream().flatMap(type -> type.getMethods().stream()).count())
                .isGreaterThan(200);
        methods().that().arePublic().or().areProtected().should(clean).check(core);
    }

    @Test
    void theLibraryPrintsNothingStartsNothingAndAsksNoClock() {
        String[] forbidden = {
            "java.io.ObjectInputStream", "java.io.ObjectOutputStream", "java.util.Random", "java.security.SecureRandom",
            "java.util.concurrent.ThreadLocalRandom", "java.util.logging.Logger", "sun.misc.Unsafe", "java.time.Clock"
        };
        for (String name : forbidden) {
            check(noClasses().should().dependOnClassesThat().haveFullyQualifiedName(name), ROOT + "..", 40);
        }
        check(
                noClasses()
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callConstructor(Thread.class, Runnable.class)
                        .orShould()
                        .callMethod(Math.class, "random"),
                ROOT + "..",
                40);
        // The ticker of a training's progress, which a caller can replace, and the probe for fused multiply-add.
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".model.Training")
                .and()
                .resideOutsideOfPackage(ROOT + ".internal.kernel")
                .should()
                .callMethod(System.class, "nanoTime")
                .check(core);
    }

    @Test
    void thereIsOneExceptionTypeOfOurOwn() {
        assertThat(core.stream()
                        .filter(type -> type.isAssignableTo(Throwable.class))
                        .map(JavaClass::getSimpleName))
                .containsExactly("ModelFormatException");
    }

    @Test
    void eachPackageIsNullMarkedAndDescribed() {
        Set<String> packages = new TreeSet<>();
        core.forEach(type -> packages.add(type.getPackageName()));
        assertThat(packages).hasSizeGreaterThan(6);
        for (String name : packages) {
            assertThat(core.stream()
                            .anyMatch(type -> type.getPackageName().equals(name)
                                    && type.getSimpleName().equals("package-info")
                                    && type.isAnnotatedWith(NullMarked.class)))
                    .as("package-info of %s with @NullMarked", name)
                    .isTrue();
        }
    }

    @Test
    void mostTypesAreNotPublic() {
        classes().should(be(DescribedPredicate.alwaysTrue())).check(core);
        long all = core.stream().filter(this::isOutermost).count();
        long exposed = core.stream()
                .filter(this::isOutermost)
                .filter(type -> type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
                .filter(type -> !type.getPackageName().contains(".internal"))
                .count();
        assertThat(exposed).as("public of %d types", all).isLessThan(all * 6 / 10);
    }

    private boolean isOutermost(JavaClass type) {
        return type.getEnclosingClass().isEmpty() && !type.getSimpleName().equals("package-info");
    }
}
