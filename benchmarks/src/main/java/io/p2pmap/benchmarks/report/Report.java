package io.p2pmap.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Everything one run has measured, and where it goes. Threading: one thread. */
public final class Report {

  private final Path directory;
  private final String reference;
  private final List<Comparison> comparisons = new ArrayList<>();
  private final Map<String, String> charts = new LinkedHashMap<>();
  private final Map<String, String> tables = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /** Creates a report of this run; {@code reference} is the system the others are compared with. */
  public Report(Path directory, String reference) {
    this.directory = directory;
    this.reference = reference;
  }

  /** A new comparison of this report. */
  public Comparison compare(String title, String unit) {
    Comparison comparison = new Comparison(title, unit);
    comparisons.add(comparison);
    return comparison;
  }

  /** A remark that goes with the figures. */
  public void note(String note) {
    System.out.println(note);
    notes.add(note);
  }

  /** A file with a chart. */
  public void chart(String name, String svg) {
    charts.put(name, svg);
  }

  /** A table that belongs to the chart of this name. */
  public void table(String name, String markdown) {
    tables.put(name, markdown);
  }

  /** Writes {@code results.md}, {@code results.json}, and the charts. */
  public void write(String command) throws IOException {
    Files.createDirectories(directory);
    Map<String, String> machine = Machine.facts(command);
    Files.writeString(directory.resolve("results.md"), markdown(machine));
    Files.writeString(directory.resolve("results.json"), json(machine));
    for (Map.Entry<String, String> chart : charts.entrySet()) {
      Files.writeString(directory.resolve(chart.getKey()), chart.getValue());
    }
  }

  /** The tables as text. */
  public String markdown(Map<String, String> machine) {
    StringBuilder text = new StringBuilder();
    machine.forEach((name, fact) -> text.append("- %s: %s\n".formatted(name, fact)));
    notes.forEach(note -> text.append("- %s\n".formatted(note)));
    for (Comparison comparison : comparisons) {
      text.append("\n### %s [%s]\n\n".formatted(comparison.title(), comparison.unit()));
      text.append("| System | Median (range) | %s divided by it |\n".formatted(reference));
      text.append("|---|---|---|\n");
      for (String system : comparison.samples().keySet()) {
        text.append(
            "| %s | %s | %s |\n"
                .formatted(system, comparison.spread(system), comparison.ratio(reference, system)));
      }
    }
    tables.forEach((name, table) -> text.append("\n### %s\n\n%s".formatted(name, table)));
    return text.toString();
  }

  private String json(Map<String, String> machine) {
    List<String> parts = new ArrayList<>();
    machine.forEach((name, fact) -> parts.add("  %s: %s".formatted(quoted(name), quoted(fact))));
    List<String> figures = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      List<String> systems = new ArrayList<>();
      comparison
          .samples()
          .forEach(
              (system, samples) ->
                  systems.add("      %s: %s".formatted(quoted(system), numbers(samples))));
      figures.add(
          "    {\n      \"title\": %s,\n      \"unit\": %s,\n%s\n    }"
              .formatted(
                  quoted(comparison.title()),
                  quoted(comparison.unit()),
                  String.join(",\n", systems)));
    }
    List<String> quotedNotes = notes.stream().map(Report::quoted).toList();
    parts.add("  \"notes\": [%s]".formatted(String.join(", ", quotedNotes)));
    parts.add("  \"figures\": [\n%s\n  ]".formatted(String.join(",\n", figures)));
    return "{\n%s\n}\n".formatted(String.join(",\n", parts));
  }

  private static String numbers(List<Double> samples) {
    return samples.stream().map(s -> String.format(Locale.ROOT, "%.6g", s)).toList().toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
