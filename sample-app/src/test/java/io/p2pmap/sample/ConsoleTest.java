package io.p2pmap.sample;

import io.p2pmap.test.spring.InMemoryReplicatedMaps;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** A test of one node over HTTP, which shares the node with the other tests of this kind. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@InMemoryReplicatedMaps(nodeName = "alone")
@interface ConsoleTest {}
