package io.p2pmap.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real application with a web server on loopback, and a client that asks its Actuator. */
public final class TestApplication implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final ConfigurableApplicationContext context;

  private TestApplication(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts one with every auto-configuration of the class path; later properties win. */
  public static TestApplication start(String[] node, String... properties) {
    return start(Configured.class, node, properties);
  }

  /** Starts one with a configuration of the test. */
  public static TestApplication start(Class<?> configuration, String[] node, String... properties) {
    return new TestApplication(
        new SpringApplicationBuilder(configuration)
            .properties(node)
            .properties(
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always")
            .properties(properties)
            .run());
  }

  public ConfigurableApplicationContext context() {
    return context;
  }

  public ReplicatedMaps node() {
    return context.getBean(ReplicatedMaps.class);
  }

  @SuppressWarnings("unchecked")
  public <K, V> ReplicatedMap<K, V> map(String name) {
    return (ReplicatedMap<K, V>) node().find(name).orElseThrow();
  }

  /** The answer of {@code /actuator} and {@code path}. */
  public HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    URI uri = URI.create("http://127.0.0.1:" + port + "/actuator" + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** The body of a GET that succeeds. */
  public String get(String path, String... headers) throws IOException, InterruptedException {
    HttpResponse<String> response = send("GET", path, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  public JsonNode json(String path, String... headers) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(get(path, headers));
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Configured {}
}
