package io.p2pmap.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.Member;
import io.p2pmap.NodeEvent;
import io.p2pmap.spring.TestContexts;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

class NodeEventPublisherTests {

  private final ApplicationContextRunner runner =
      TestContexts.runner().withPropertyValues(TestContexts.FLAGS);

  @Test
  void aNodeThatComesAndGoesIsAnEventOfTheOther() {
    runner
        .withPropertyValues("p2pmap.node-name=one")
        .withBean(Listeners.class)
        .run(
            one -> {
              Listeners heard = one.getBean(Listeners.class);
              await().untilAsserted(() -> assertThat(heard.joined).containsExactly("one"));
              await().untilAsserted(() -> assertThat(heard.synced).containsExactly("flags"));
              runner
                  .withPropertyValues("p2pmap.node-name=two")
                  .withBean(Listeners.class)
                  .run(
                      two -> {
                        await()
                            .untilAsserted(
                                () -> assertThat(heard.joined).containsExactly("one", "two"));
                        List<String> synced = two.getBean(Listeners.class).synced;
                        await().untilAsserted(() -> assertThat(synced).containsExactly("flags"));
                      });
              await().untilAsserted(() -> assertThat(heard.left).containsExactly("two"));
              assertThat(heard.all).contains("MembersChanged", "MapSynchronized");
            });
  }

  @Test
  void theNodeIsNotWatchedForNobody() {
    runner.run(
        context ->
            await()
                .untilAsserted(
                    () -> assertThat(Threads.namedLike("p2pmap-node-events")).isEmpty()));
    runner
        .withBean(Listeners.class)
        .run(context -> assertThat(Threads.namedLike("p2pmap-node-events")).hasSize(1));
    await().untilAsserted(() -> assertThat(Threads.namedLike("p2pmap-node-events")).isEmpty());
  }

  static final class Listeners {

    final List<String> joined = new CopyOnWriteArrayList<>();
    final List<String> left = new CopyOnWriteArrayList<>();
    final List<String> synced = new CopyOnWriteArrayList<>();
    final List<String> all = new CopyOnWriteArrayList<>();

    @EventListener
    void members(NodeEvent.MembersChanged event) {
      joined.addAll(event.joined().stream().map(Member::name).toList());
      left.addAll(event.left().stream().map(Member::name).toList());
    }

    @EventListener
    void synced(NodeEvent.MapSynchronized event) {
      synced.add(event.mapName());
    }

    @EventListener
    void all(NodeEvent event) {
      all.add(event.getClass().getSimpleName());
    }
  }
}
