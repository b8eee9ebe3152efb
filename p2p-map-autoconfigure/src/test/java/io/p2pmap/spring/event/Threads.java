package io.p2pmap.spring.event;

import java.util.List;

/** The threads of this JVM. */
final class Threads {

  private Threads() {}

  static List<String> namedLike(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }
}
