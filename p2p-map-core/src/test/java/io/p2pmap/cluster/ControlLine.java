package io.p2pmap.cluster;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line between a test and a node's process: tokens, which may hold any text or null, separated
 * by blanks.
 */
record ControlLine(List<@Nullable String> tokens) {

  private static final String NULL = "~"; // no encoded text contains it

  static ControlLine of(@Nullable Object... tokens) {
    List<@Nullable String> texts = new ArrayList<>();
    for (Object token : tokens) {
      texts.add(token == null ? null : token.toString());
    }
    return new ControlLine(texts);
  }

  static ControlLine parse(String line) {
    List<@Nullable String> tokens = new ArrayList<>();
    for (String token : line.split(" ", -1)) {
      tokens.add(token.equals(NULL) ? null : URLDecoder.decode(token, StandardCharsets.UTF_8));
    }
    return new ControlLine(tokens);
  }

  @Nullable String at(int index) {
    return tokens.get(index);
  }

  /** The token at {@code index}, which is not null. */
  String text(int index) {
    String token = tokens.get(index);
    if (token == null) {
      throw new IllegalArgumentException("Token %d of '%s' is missing".formatted(index, this));
    }
    return token;
  }

  int integer(int index) {
    return Integer.parseInt(text(index));
  }

  long number(int index) {
    return Long.parseLong(text(index));
  }

  /** All tokens, none of which is null. */
  List<String> texts() {
    return tokens.stream().map(java.util.Objects::requireNonNull).toList();
  }

  int size() {
    return tokens.size();
  }

  /** This line without its first {@code count} tokens. */
  ControlLine from(int count) {
    return new ControlLine(tokens.subList(count, tokens.size()));
  }

  @Override
  public String toString() {
    return tokens.stream()
        .map(token -> token == null ? NULL : URLEncoder.encode(token, StandardCharsets.UTF_8))
        .collect(Collectors.joining(" "));
  }
}
