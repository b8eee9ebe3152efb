package io.p2pmap.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** A test of one node over HTTP, which shares the node with the other tests of this kind. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "p2pmap.node-name=alone",
      "p2pmap.discovery.type=none",
      "p2pmap.bind-port=24800",
      "p2pmap.port-range=200"
    })
@interface ConsoleTest {}
