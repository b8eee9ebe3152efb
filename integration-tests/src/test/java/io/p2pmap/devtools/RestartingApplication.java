package io.p2pmap.devtools;

import io.p2pmap.MapEvent;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.spring.event.MapEventListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says after each start what it finds in its map; writes what the next start will find. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RestartingApplication {

  /** Begins the line of a start. */
  static final String STARTED = "> started: ";

  /** A property of the process: how often it was started. */
  private static final String STARTS = "starts";

  private final LinkedBlockingQueue<Note> heard = new LinkedBlockingQueue<>();

  public static void main(String[] arguments) {
    SpringApplication.run(RestartingApplication.class, arguments);
  }

  @MapEventListener("notes")
  void on(MapEvent.Put<String, Note> event) {
    heard.add(event.value());
  }

  @Bean
  ApplicationRunner report(ReplicatedMap<String, Note> notes) {
    return arguments -> {
      int start = Integer.getInteger(STARTS, 0) + 1;
      System.setProperty(STARTS, String.valueOf(start));
      List<String> found = new ArrayList<>();
      for (Note note : notes.asMap().values()) { // another loader's class would not be cast
        found.add(note.text() + "=" + heard.take().text());
      }
      notes.put("note", new Note("of start " + start));
      System.out.println(
          STARTED
              + "%d, found %s, threads %s, loader %s"
                  .formatted(start, found, threads(), Note.class.getClassLoader()));
    };
  }

  /**
   * Names of the live threads of this library, without the numbers that tell them apart. There are
   * more or fewer of JGroups' pool, as there is work.
   */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName().replaceAll("\\d+", "N"))
        .filter(name -> name.startsWith("pNpmap-") && !name.startsWith("pNpmap-jgroups-"))
        .filter(name -> !name.equals("pNpmap-preload"))
        .sorted()
        .toList();
  }
}
