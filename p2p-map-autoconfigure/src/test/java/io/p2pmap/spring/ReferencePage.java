package io.p2pmap.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tables of docs/reference.md. */
public final class ReferencePage {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Predicate<String> IS_HEADING = line -> line.startsWith("#");

  private ReferencePage() {}

  /** The cells of each row of the table under a heading, as they are written. */
  public static List<List<String>> rows(String heading) throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "reference.md")).stream()
        .dropWhile(line -> !line.matches("#+ " + heading))
        .skip(1)
        .takeWhile(IS_HEADING.negate())
        .filter(line -> line.startsWith("|"))
        .skip(2) // the head of the table, and the line below it
        .map(line -> line.substring(1).split("\\|"))
        .map(cells -> Arrays.stream(cells).map(String::strip).toList())
        .toList();
  }

  /** What a cell has between backticks. */
  public static List<String> code(String cell) {
    return CODE.matcher(cell).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
