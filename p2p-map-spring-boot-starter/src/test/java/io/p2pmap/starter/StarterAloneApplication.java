package io.p2pmap.starter;

import io.p2pmap.ReplicatedMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application whose only dependency is the starter; ends by itself, with a line of success. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StarterAloneApplication {

  static final String SUCCESS = "The map holds ";

  /** Starts, writes, reads, and says what it has read. */
  public static void main(String[] arguments) {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(StarterAloneApplication.class)
            .web(WebApplicationType.NONE)
            .run(arguments)) {
      ReplicatedMap<String, String> flags = flags(context);
      flags.put("k", "v");
      System.out.println(SUCCESS + Map.copyOf(flags.asMap()) + ", " + flags.status().state());
    }
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, String> flags(ConfigurableApplicationContext context) {
    return context.getBean("flags", ReplicatedMap.class);
  }
}
