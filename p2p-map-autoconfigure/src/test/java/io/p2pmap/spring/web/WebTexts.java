package io.p2pmap.spring.web;

import io.p2pmap.ReplicatedMap;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A web application on one map, whose requests end in all the ways there are. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class WebTexts {

  private final ReplicatedMap<String, String> texts;

  WebTexts(ReplicatedMap<String, String> texts) {
    this.texts = texts;
  }

  @GetMapping("/texts/{key}")
  String get(@PathVariable String key) {
    return texts.getOrDefault(key, "nothing");
  }

  @PutMapping("/texts/{key}")
  void put(@PathVariable String key, @RequestBody String value) {
    texts.put(key, value);
  }

  @PutMapping("/redirected")
  void redirect(@RequestBody String value, HttpServletResponse response) throws IOException {
    texts.put("redirected", value);
    response.sendRedirect("/texts/redirected");
  }

  @PutMapping("/refused")
  void refuse(@RequestBody String value) {
    texts.put("refused", value);
    throw new ResponseStatusException(HttpStatus.CONFLICT);
  }

  @PutMapping("/failed")
  void fail(@RequestBody String value) {
    texts.put("failed", value);
    throw new IllegalStateException("expected by the test");
  }

  @PutMapping("/later")
  Callable<String> later(@RequestBody String value) {
    return () -> {
      texts.put("later", value);
      return value;
    };
  }

  @PutMapping("/later-and-empty")
  Callable<ResponseEntity<Void>> laterAndEmpty(@RequestBody String value) {
    return () -> {
      texts.put("later", value);
      return ResponseEntity.noContent().build();
    };
  }

  @PutMapping("/streamed")
  void stream(@RequestBody String value, HttpServletResponse response) throws IOException {
    texts.put("streamed", value);
    response.getOutputStream().write(new byte[100_000]);
  }

  @PutMapping("/written")
  void write(@RequestBody String value, HttpServletResponse response) throws IOException {
    var writer = response.getWriter();
    texts.put("written", value);
    writer.print("x".repeat(100_000));
  }

  @PutMapping("/on-another-thread")
  void elsewhere(@RequestBody String value) {
    CompletableFuture.runAsync(() -> texts.put("elsewhere", value)).join();
  }
}
