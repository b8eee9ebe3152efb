package io.p2pmap.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Flag console: each process of it is one node; its maps are declared in application.yml. */
@SpringBootApplication(proxyBeanMethods = false)
final class SampleApplication {

  private SampleApplication() {}

  public static void main(String[] args) {
    SpringApplication.run(SampleApplication.class, args);
  }
}
