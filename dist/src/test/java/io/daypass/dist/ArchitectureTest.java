package io.daypass.dist;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom, and what is done in one place only: the arrows point one way. */
final class ArchitectureTest {
    /** What runs as a server or in it; the command line, the demo and the benchmarks are programs of their own. */
    private static final String[] SERVER = {
        "io.daypass.plugin..",
        "io.daypass.lease..",
        "io.daypass.outbox..",
        "io.daypass.entry..",
        "io.daypass.config..",
        "io.daypass.broker..",
        "io.daypass.engine.."
    };

    private static final String[] ALWAYS = {"java..", "javax..", "org.jspecify..", "org.slf4j.."};
    private static final Set<String> SECRET_NAMES = Set.of("password", "secret", "privateKey", "token");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.daypass");

    static Stream<ArchRule> arrows() {
        return Stream.of(
                only("io.daypass.plugin..", "io.daypass.plugin..", "org.pf4j.."),
                only(
                        "io.daypass.lease..",
                        "io.daypass.lease..",
                        "io.daypass.outbox..",
                        "io.daypass.entry..",
                        "org.sqlite.."),
                only("io.daypass.outbox..", "io.daypass.lease..", "io.daypass.outbox.."),
                only("io.daypass.entry..", "io.daypass.lease..", "io.daypass.outbox..", "io.daypass.entry.."),
                only("io.daypass.config..", "io.daypass.config..", "com.fasterxml.jackson..", "org.yaml.snakeyaml.."),
                only(
                        "io.daypass.engine.database..",
                        "io.daypass.engine.database..",
                        "io.daypass.plugin..",
                        "org.pf4j..",
                        "com.cronutils.."),
                only("io.daypass.engine.hmac..", "io.daypass.engine.hmac..", "io.daypass.plugin..", "org.pf4j.."),
                only(
                        "io.daypass.engine.postgresql..",
                        "io.daypass.engine.postgresql..",
                        "io.daypass.engine.sql..",
                        "io.daypass.plugin..",
                        "org.pf4j..",
                        "org.postgresql.."),
                only(
                        "io.daypass.engine.mysql..",
                        "io.daypass.engine.mysql..",
                        "io.daypass.engine.sql..",
                        "io.daypass.plugin..",
                        "org.pf4j..",
                        "com.mysql.cj.."),
                only("io.daypass.engine.sql..", "io.daypass.engine.sql..", "io.daypass.plugin.."),
                only(
                        "io.daypass.engine.redis..",
                        "io.daypass.engine.redis..",
                        "io.daypass.plugin..",
                        "org.pf4j..",
                        "redis.clients.jedis.."),
                only(
                        "io.daypass.engine.ssh..",
                        "io.daypass.engine.ssh..",
                        "io.daypass.plugin..",
                        "org.pf4j..",
                        "org.bouncycastle..",
                        "com.jcraft.jsch.."),
                only(
                        "io.daypass.cli..",
                        "io.daypass.cli..",
                        "com.fasterxml.jackson..",
                        "picocli..",
                        "org.bouncycastle.."),
                noClasses()
                        .that()
                        .resideInAPackage("io.daypass.broker..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.daypass.engine..",
                                "io.daypass.cli..",
                                "io.daypass.dist..",
                                "io.daypass.embedded.."),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.daypass.testkit..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.daypass.testkit..")
                        .as("what plugins are tried with is used by tests only"),
                noClasses()
                        .that()
                        .resideOutsideOfPackages("io.daypass.dist..", "io.daypass.benchmarks..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.daypass.dist.."));
    }

    static Stream<ArchRule> onePlace() {
        return Stream.of(
                noClasses()
                        .that()
                        .resideInAnyPackage(SERVER)
                        .and()
                        .resideOutsideOfPackages(
                                "io.daypass.plugin..", "io.daypass.engine..", "io.daypass.broker.plugin")
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("org.pf4j..")
                                .and(describe(
                                        "other than what marks an extension point",
                                        type -> !type.getSimpleName().equals("ExtensionPoint"))))
                        .as("only the loader knows PF4J, besides the SPI and its plugins"),
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "io.daypass.broker..", "io.daypass.config..", "io.daypass.plugin..", "io.daypass.cli..")
                        .and(describe(
                                "other than the guard, which sorts errors",
                                type -> !type.getName().startsWith("io.daypass.broker.mount.guard.")))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.sql..")
                        .as("java.sql in leases and plugins only"),
                noClasses()
                        .that()
                        .resideInAnyPackage(SERVER)
                        .and()
                        .doNotHaveFullyQualifiedName("io.daypass.broker.mount.lane.Threads")
                        .and()
                        .doNotHaveFullyQualifiedName("io.daypass.lease.sqlite.StoreThreads")
                        .and()
                        .doNotHaveFullyQualifiedName("io.daypass.engine.sql.Watchdog")
                        .should()
                        .dependOnClassesThat(name(Executors.class.getName())
                                .or(name(ThreadPoolExecutor.class.getName()))
                                .or(name(ScheduledThreadPoolExecutor.class.getName()))
                                .or(name(ForkJoinPool.class.getName())))
                        .as("executors are made in one place a module: the lanes', the store's, the driver's watchdog"),
                noClasses()
                        .that()
                        .resideInAnyPackage(SERVER)
                        .and()
                        .resideOutsideOfPackage("io.daypass.broker")
                        .should()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(UUID.class, "randomUUID")
                        .orShould()
                        .callConstructor(SecureRandom.class)
                        .as("the clock and randomness are arguments, made where the server is put together"),
                noClasses()
                        .that()
                        .resideInAnyPackage(SERVER)
                        .should()
                        .callMethod(System.class, "currentTimeMillis")
                        .as("the clock is an argument"),
                noClasses()
                        .should()
                        .callMethod(Thread.class, "sleep", long.class)
                        .as("nothing sleeps"),
                noClasses()
                        .that()
                        .resideInAnyPackage(SERVER)
                        .and()
                        .resideOutsideOfPackage("io.daypass.broker")
                        .should()
                        .callMethod(PrintStream.class, "println", String.class)
                        .as("what is said is logged"));
    }

    static Stream<ArchRule> style() {
        return Stream.of(
                classes()
                        .that()
                        .areRecords()
                        .should(new HoldsNoSecretAsText())
                        .as("no record keeps a secret as a String")
                        .allowEmptyShould(false),
                classes().should(new HasAPlainName()).as("no Util, Helper, Manager, Impl, Base"),
                methods()
                        .that()
                        .arePublic()
                        .and()
                        .areDeclaredInClassesThat()
                        .arePublic()
                        .and()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(
                                "io.daypass.broker..", "io.daypass.lease..", "io.daypass.config..", "io.daypass.cli..")
                        .should(new ThrowsWhatItMeans())
                        .as("public methods throw no bare Exception"),
                slices().matching("io.daypass.broker.(*)..").should().beFreeOfCycles(),
                slices().matching("io.daypass.cli.(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @MethodSource("arrows")
    void arrow_pointsOneWay(ArchRule rule) {
        rule.check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("onePlace")
    void thing_isDoneInOnePlace(ArchRule rule) {
        rule.check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("style")
    void style_isHeld(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static ArchRule only(String who, String... whom) {
        return classes()
                .that()
                .resideInAPackage(who)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(Stream.concat(Stream.of(ALWAYS), Stream.of(whom))
                                .toArray(String[]::new))
                        .or(describe(
                                "arrays of primitives",
                                type -> type.getPackageName().isEmpty())));
    }

    private static final class HoldsNoSecretAsText extends ArchCondition<JavaClass> {
        HoldsNoSecretAsText() {
            super("hold no secret as text");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            for (JavaField field : type.getFields()) {
                if (SECRET_NAMES.contains(field.getName()) && field.getRawType().isEquivalentTo(String.class)) {
                    events.add(SimpleConditionEvent.violated(field, field.getDescription() + " is a String"));
                }
            }
        }
    }

    private static final class HasAPlainName extends ArchCondition<JavaClass> {
        HasAPlainName() {
            super("say what they are");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (type.getSimpleName().matches(".*(Util|Utils|Helper|Manager|Impl)|Base[A-Z].*")) {
                events.add(SimpleConditionEvent.violated(type, type.getDescription() + " says nothing by its name"));
            }
        }
    }

    private static final class ThrowsWhatItMeans extends ArchCondition<JavaMethod> {
        ThrowsWhatItMeans() {
            super("throw what they mean");
        }

        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            if (method.getThrowsClause().containsType(Exception.class)) {
                events.add(SimpleConditionEvent.violated(method, method.getDescription() + " throws Exception"));
            }
        }
    }
}
