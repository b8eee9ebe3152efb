package com.acme.flags;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;

@SpringBootApplication
@EnableCaching
public class FlagsApplication {

  public static void main(String[] args) {
    SpringApplication.run(FlagsApplication.class, args);
  }
}
