package io.p2pmap.spring.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AliasFor;

/**
 * Marks a method that is told of the changes of certain maps. It is an {@link EventListener} whose
 * parameter is a {@link io.p2pmap.MapEvent}, {@code Put} or {@code Removed}, with the types of the
 * map, and works with everything that those work with.
 *
 * <p>Unlike with a plain {@code @EventListener}, each method has a thread of its own for each map,
 * so that one that blocks or fails delays no other one. Methods with {@link
 * org.springframework.core.annotation.Order @Order} are the exception: those of one map are called
 * one after the other, in their order.
 */
@Documented
@EventListener
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface MapEventListener {

  /**
   * Names of the maps, in which placeholders are resolved; every map whose types fit if empty. A
   * name that no map bean has ends the start.
   */
  String[] value() default {};

  /** SpEL expression that must be true for the method to be called. */
  @AliasFor(annotation = EventListener.class)
  String condition() default "";
}
