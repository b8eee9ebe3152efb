package io.p2pmap.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * A process with one node, which does what lines on its standard input say: {@code <id> <command>
 * <arguments>}. It answers each with {@code <id> ok <results>} or {@code <id> failed <reason>} when
 * it is done; commands run at the same time. It ends when its standard input does.
 */
final class NodeMain {

  private NodeMain() {}

  public static void main(String... arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // for the log
    logMore();
    NodeCommands commands = new NodeCommands(NodeOptions.ofArguments(arguments));
    ExecutorService workers = Executors.newCachedThreadPool(named());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      ControlLine request = ControlLine.parse(line);
      workers.execute(() -> answers.println(answer(commands, request)));
    }
    Runtime.getRuntime().halt(0);
  }

  private static java.util.concurrent.ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "command-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static void logMore() {
    if (LoggerFactory.getLogger("io.p2pmap") instanceof ch.qos.logback.classic.Logger logger) {
      logger.setLevel(ch.qos.logback.classic.Level.DEBUG);
    }
  }

  private static String answer(NodeCommands commands, ControlLine request) {
    String id = request.text(0);
    try {
      ControlLine result = commands.run(request.text(1), request.from(2));
      String prefix = id + " ok";
      return result.size() == 0 ? prefix : prefix + " " + result;
    } catch (Exception | AssertionError e) {
      LoggerFactory.getLogger(NodeMain.class).warn("Command {} failed", request, e);
      return ControlLine.of(id, "failed", e.toString()).toString();
    }
  }
}
