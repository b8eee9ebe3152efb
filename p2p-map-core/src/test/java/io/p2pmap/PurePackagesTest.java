package io.p2pmap;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Equal state and input give equal consequences: the pure packages reach no thread, lock, I/O,
 * logger, wall clock or unseeded randomness.
 */
@AnalyzeClasses(
    packages = {
      "io.p2pmap.internal.clock",
      "io.p2pmap.internal.text",
      "io.p2pmap.internal.crdt",
      "io.p2pmap.internal.replication"
    },
    importOptions = DoNotIncludeTests.class)
class PurePackagesTest {
  /** {@code java.util.concurrent} is out but for these: a driver lets others read the entries. */
  private static final DescribedPredicate<JavaClass> SHARED_MAPS =
      belongToAnyOf(ConcurrentHashMap.class, ConcurrentMap.class, TimeUnit.class);

  private static final DescribedPredicate<JavaClass> THREADS_AND_CLOCKS =
      belongToAnyOf(
          Thread.class,
          ThreadGroup.class,
          ThreadLocal.class,
          Runtime.class,
          Process.class,
          ProcessBuilder.class,
          Timer.class,
          TimerTask.class,
          Clock.class,
          InstantSource.class);

  private static final DescribedPredicate<JavaClass> PURE_TYPES =
      resideInAnyPackage(
              "io.p2pmap.internal.clock..",
              "io.p2pmap.internal.text..",
              "io.p2pmap.internal.crdt..",
              "io.p2pmap.internal.replication..",
              "java.lang",
              "java.lang.annotation",
              "java.lang.invoke",
              "java.lang.runtime",
              "java.math",
              "java.nio",
              "java.nio.charset",
              "java.time",
              "java.util",
              "java.util.function",
              "java.util.stream",
              "org.jspecify.annotations",
              "com.google.errorprone.annotations..")
          .and(not(THREADS_AND_CLOCKS))
          .or(SHARED_MAPS)
          .as("compute only");

  @ArchTest
  static final ArchRule TYPES_IN_REACH_COMPUTE_ONLY =
      classes().should().onlyDependOnClassesThat(PURE_TYPES);

  @ArchTest
  static final ArchRule NO_CALL_DEPENDS_ON_WHERE_OR_WHEN_IT_RUNS =
      noClasses()
          .should()
          .accessTargetWhere(
              describe(
                  "the result depends on the clock, on chance, on another thread or on the machine",
                  PurePackagesTest::isUnrepeatable));

  @ArchTest
  static final ArchRule NO_METHOD_IS_SYNCHRONIZED = noMethods().should().haveModifier(SYNCHRONIZED);

  private static boolean isUnrepeatable(JavaAccess<?> access) {
    return readsClockOrMachine(access) || isUnseeded(access) || involvesThreads(access);
  }

  private static boolean readsClockOrMachine(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String member = access.getTarget().getName();
    return owner.isEquivalentTo(System.class) && !member.equals("arraycopy")
        || owner.getPackageName().equals("java.time") && member.equals("now");
  }

  private static boolean isUnseeded(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String member = access.getTarget().getName();
    if (owner.isEquivalentTo(Random.class) || owner.isEquivalentTo(SplittableRandom.class)) {
      return member.equals("<init>") && parameterCount(access.getTarget()) == 0;
    }
    if (owner.isEquivalentTo(Collections.class)) {
      return member.equals("shuffle") && parameterCount(access.getTarget()) == 1;
    }
    return owner.isEquivalentTo(UUID.class) && member.equals("randomUUID")
        || member.equals("random") && owner.getPackageName().equals("java.lang");
  }

  private static boolean involvesThreads(JavaAccess<?> access) {
    return Set.of("wait", "notify", "notifyAll", "parallel", "parallelStream")
        .contains(access.getTarget().getName());
  }

  private static int parameterCount(AccessTarget target) {
    return target instanceof CodeUnitAccessTarget codeUnit
        ? codeUnit.getRawParameterTypes().size()
        : 0;
  }
}
