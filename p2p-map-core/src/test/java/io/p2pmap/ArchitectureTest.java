package io.p2pmap;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.engine.Keys;
import io.p2pmap.internal.engine.MapProbe;
import io.p2pmap.internal.engine.Values;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * Which package may use which. What the pure packages do without is in {@link PurePackagesTest}.
 */
@AnalyzeClasses(packages = "io.p2pmap", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  /** Lowest first. The façade, {@code io.p2pmap} itself, wires them all and is used by none. */
  private static final List<Layer> LAYERS =
      List.of(
          layer("clock", "clock.."),
          layer("text", "text.."),
          layer("hash", "hash.."),
          layer("crdt", "crdt..", "text", "clock"),
          layer("replication", "replication..", "crdt", "clock"),
          layer("codec", "codec..", "text"),
          layer("wire", "wire..", "codec", "replication", "crdt", "clock"),
          layer("security", "security"),
          layer("transport", "transport"),
          new Layer("discovery", "io.p2pmap.discovery..", "hash"),
          layer("JGroups adapter", "transport.jgroups..", "transport", "discovery", "hash"),
          layer("in-memory adapter", "transport.memory..", "transport"),
          layer("storage", "storage"),
          layer("storage adapter", "storage.*..", "storage", "hash"),
          layer(
              "engine",
              "engine..",
              "transport",
              "storage",
              "wire",
              "codec",
              "replication",
              "crdt",
              "clock"));

  @ArchTest static final ArchRule LAYERS_POINT_DOWN = layersPointDown();

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.p2pmap.internal.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_ITS_ADAPTER_KNOWS_JGROUPS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.p2pmap.internal.transport.jgroups..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.jgroups..");

  @ArchTest
  static final ArchRule THERE_IS_NO_SPRING =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule NOTHING_IS_SERIALIZED_BY_JAVA =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class);

  @ArchTest
  static final ArchRule NOTHING_IS_PRINTED =
      noClasses()
          .that()
          .doNotBelongToAnyOf(NewSharedSecret.class) // a command
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes().should(beInNullMarkedPackage());

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*[.$](Abstract\\w+|\\w*(Manager|Helper|Utils?|Impl))");

  /** Metrics cost a reader nothing: what reads contents knows nothing that measures. */
  @ArchTest
  static final ArchRule READING_IS_NOT_MEASURED =
      noClasses()
          .that()
          .belongToAnyOf(
              OpenMap.class,
              MapView.class,
              VisibleEntries.class,
              Values.class,
              Keys.class,
              Entry.class)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              Instrumentation.class, Instrumentations.class, MapTelemetry.class, MapProbe.class);

  private record Layer(String name, String packages, String... mayUse) {}

  private static Layer layer(String name, String packages, String... mayUse) {
    return new Layer(name, "io.p2pmap.internal." + packages, mayUse);
  }

  private static ArchRule layersPointDown() {
    LayeredArchitecture architecture =
        Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("façade")
            .definedBy("io.p2pmap")
            .whereLayer("façade")
            .mayNotBeAccessedByAnyLayer();
    for (Layer layer : LAYERS) {
      architecture = architecture.layer(layer.name()).definedBy(layer.packages());
    }
    for (Layer layer : LAYERS) {
      architecture = allow(architecture, layer);
    }
    return architecture.ensureAllClassesAreContainedInArchitecture();
  }

  private static LayeredArchitecture allow(LayeredArchitecture architecture, Layer layer) {
    return layer.mayUse().length == 0
        ? architecture.whereLayer(layer.name()).mayNotAccessAnyLayer()
        : architecture.whereLayer(layer.name()).mayOnlyAccessLayers(layer.mayUse());
  }

  private static ArchCondition<JavaClass> beInNullMarkedPackage() {
    return new ArchCondition<>("be in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean isMarked = type.getPackage().isAnnotatedWith(NullMarked.class);
        String message =
            "%s: %s has no @NullMarked".formatted(type.getName(), type.getPackageName());
        events.add(new SimpleConditionEvent(type, isMarked, message));
      }
    };
  }
}
