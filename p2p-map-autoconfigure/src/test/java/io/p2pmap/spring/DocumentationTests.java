package io.p2pmap.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in docs/spring.md and docs/reference.md are code of an application. */
class DocumentationTests {

  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** What an IDE would add. */
  private static final String IMPORTS =
      """
      package com.acme;

      import io.p2pmap.*;
      import io.p2pmap.spring.autoconfigure.ReplicatedMapsCustomizer;
      import io.p2pmap.spring.event.MapEventListener;
      import jakarta.validation.constraints.*;
      import java.time.Duration;
      import org.springframework.context.annotation.*;
      import org.springframework.context.event.EventListener;
      import org.springframework.stereotype.Component;

      """;

  @Test
  void theExamplesCompile(@TempDir Path directory) throws Exception {
    List<Path> files = new ArrayList<>();
    for (String example : examples()) {
      files.add(
          Files.writeString(
              directory.resolve("Example%d.java".formatted(files.size())), IMPORTS + example));
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(6);
    StringWriter complaints = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-d",
              directory.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      boolean isCompiled =
          compiler
              .getTask(
                  complaints,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(isCompiled).as(complaints.toString()).isTrue();
    }
  }

  private static List<String> examples() throws Exception {
    Path docs = Path.of("..", "docs");
    return Stream.of("spring.md", "reference.md")
        .map(docs::resolve)
        .flatMap(page -> EXAMPLE.matcher(read(page)).results())
        .map(match -> match.group(1).replace("…", ""))
        .map(code -> code.contains("class ") || code.contains("record ") ? code : inMethod(code))
        .toList();
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  private static String inMethod(String statements) {
    return """
    class Statements {
      void run(ReplicatedMap<String, FeatureFlag> flags) {
    %s  }
    }
    """
        .formatted(statements);
  }
}
