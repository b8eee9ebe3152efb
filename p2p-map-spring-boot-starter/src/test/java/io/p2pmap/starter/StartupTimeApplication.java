package io.p2pmap.starter;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Prints how long its start takes with p2p-map, whose classes are not loaded yet, and how long
 * without, when those of Spring are.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StartupTimeApplication {

  /** Starts three times, and prints two lines. */
  public static void main(String[] arguments) {
    millisToStart(false, arguments);
    System.out.println("> without: " + millisToStart(false, arguments));
    System.out.println("> with: " + millisToStart(true, arguments));
  }

  private static long millisToStart(boolean isEnabled, String... arguments) {
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(StartupTimeApplication.class)
            .web(WebApplicationType.NONE)
            .properties("p2pmap.enabled=" + isEnabled);
    long start = System.nanoTime();
    try (ConfigurableApplicationContext started = application.run(arguments)) {
      return (System.nanoTime() - start) / 1_000_000;
    }
  }
}
