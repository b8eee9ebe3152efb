package io.p2pmap.spring.discovery;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A process with a Spring application, which does what the lines on its standard input say and
 * answers each with one line: {@code start <properties>}, {@code members}, {@code stop}. It ends
 * when its standard input does.
 */
final class SpringNodeMain {

  private ConfigurableApplicationContext context;

  private SpringNodeMain() {}

  public static void main(String... arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // for the log
    SpringNodeMain node = new SpringNodeMain();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(node.run(line.split(" ")));
    }
    Runtime.getRuntime().halt(0);
  }

  private String run(String... words) {
    return switch (words[0]) {
      case "start" -> start(words);
      case "members" -> Integer.toString(context.getBean(ReplicatedMaps.class).members().size());
      case "stop" -> stop();
      default -> "unknown: " + words[0];
    };
  }

  private String start(String... properties) {
    String[] arguments = new String[properties.length - 1];
    for (int i = 1; i < properties.length; i++) {
      arguments[i - 1] = "--" + properties[i];
    }
    context =
        new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(arguments);
    return "started";
  }

  private String stop() {
    if (context != null) {
      context.close();
    }
    return "stopped";
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(P2pMapAutoConfiguration.class)
  static class Application {

    @Bean
    DiscoveryClient discoveryClient() {
      return new FileRegistry(Path.of(System.getProperty("registry")));
    }
  }
}
