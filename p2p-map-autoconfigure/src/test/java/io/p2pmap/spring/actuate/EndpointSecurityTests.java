package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.MapSpec;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestApplication;
import io.p2pmap.spring.TestContexts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;

/** Who sees values, with Spring Security in front of a real application. */
class EndpointSecurityTests {

  private static final String MASK = "******";

  @Test
  void valuesAreShownToWhomIsAuthorizedOnly() throws Exception {
    try (TestApplication application =
        start(
            "management.endpoint.p2pmap.show-values=when-authorized",
            "management.endpoint.p2pmap.roles=operator")) {
      assertThat(value(application, "olga")).isEqualTo("5");
      assertThat(value(application, "gerd")).isEqualTo(MASK);
      assertThat(pageValue(application, "olga")).isEqualTo("5");
      assertThat(pageValue(application, "gerd")).isEqualTo(MASK);
    }
  }

  @Test
  void everyoneWhoIsLoggedInIsAuthorizedIfThereAreNoRoles() throws Exception {
    try (TestApplication application =
        start("management.endpoint.p2pmap.show-values=when-authorized")) {
      assertThat(value(application, "gerd")).isEqualTo("5");
    }
  }

  @Test
  void neverMeansNobody() throws Exception {
    try (TestApplication application = start("management.endpoint.p2pmap.show-values=never")) {
      assertThat(value(application, "olga")).isEqualTo(MASK);
    }
  }

  @Test
  void strangersSeeNothingAtAll() throws Exception {
    try (TestApplication application = start("management.endpoint.p2pmap.show-values=always")) {
      assertThat(application.send("GET", "/p2pmap/flags/beta").statusCode()).isEqualTo(401);
      assertThat(value(application, "gerd")).isEqualTo("5");
    }
  }

  private static TestApplication start(String... properties) {
    String[] node = TestContexts.nodeProperties();
    TestApplication application = TestApplication.start(Secured.class, node, properties);
    application.node().open(MapSpec.of("flags", String.class, FeatureFlag.class));
    application.<String, FeatureFlag>map("flags").put("beta", FeatureFlag.on(5));
    return application;
  }

  private static String value(TestApplication application, String user) throws Exception {
    return shown(application.json("/p2pmap/flags/beta", login(user)).get("value"));
  }

  private static String pageValue(TestApplication application, String user) throws Exception {
    return shown(application.json("/p2pmap/flags", login(user)).at("/entries/0/value"));
  }

  private static String shown(JsonNode value) {
    return value.isString() ? value.stringValue() : value.get("rolloutPercent").toString();
  }

  private static String[] login(String user) {
    byte[] credentials = (user + ":secret").getBytes(StandardCharsets.UTF_8);
    return new String[] {
      "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)
    };
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EnableWebSecurity
  static class Secured {

    @Bean
    SecurityFilterChain everythingNeedsALogin(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .httpBasic(Customizer.withDefaults())
          .build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(user("olga", "operator"), user("gerd", "guest"));
    }

    private static UserDetails user(String name, String role) {
      return User.withUsername(name).password("{noop}secret").roles(role).build();
    }
  }
}
