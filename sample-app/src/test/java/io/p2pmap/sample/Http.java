package io.p2pmap.sample;

import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** HTTP requests to a node. */
final class Http {

  private final String url;
  private final RestTestClient client;

  Http(String url) {
    this.url = url;
    this.client = RestTestClient.bindToServer().baseUrl(url).build();
  }

  static Http toPort(int port) {
    return new Http("http://127.0.0.1:" + port);
  }

  String url() {
    return url;
  }

  RestTestClient.ResponseSpec get(String path, Object... variables) {
    return client.get().uri(path, variables).exchange();
  }

  /** What is at {@code path}, which must be there. */
  <T> T read(Class<T> type, String path, Object... variables) {
    return get(path, variables)
        .expectStatus()
        .isOk()
        .expectBody(type)
        .returnResult()
        .getResponseBody();
  }

  int status(String path) {
    return get(path).returnResult().getStatus().value();
  }

  RestTestClient.ResponseSpec put(String path, Object body) {
    return client.put().uri(path).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
  }

  RestTestClient.ResponseSpec post(String path) {
    return client.post().uri(path).exchange();
  }

  RestTestClient.ResponseSpec delete(String path) {
    return client.delete().uri(path).exchange();
  }
}
