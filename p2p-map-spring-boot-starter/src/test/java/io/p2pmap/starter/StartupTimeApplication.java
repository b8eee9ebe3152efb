package io.p2pmap.starter;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Starts once, in a JVM that has loaded nothing yet, and prints how long that took. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StartupTimeApplication {

  public static void main(String[] arguments) {
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(StartupTimeApplication.class).web(WebApplicationType.NONE);
    long start = System.nanoTime();
    try (ConfigurableApplicationContext started = application.run(arguments)) {
      System.out.println("> started in ms: " + (System.nanoTime() - start) / 1_000_000);
    }
  }
}
