package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.p2pmap.MapStatus;
import io.p2pmap.Member;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.security.Principal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import tools.jackson.databind.JsonNode;

class P2pMapEndpointTests {

  private final ApplicationContextRunner runner =
      TestContexts.runner()
          .withPropertyValues(
              TestContexts.FLAGS,
              "p2pmap.node-name=node-a",
              "management.endpoints.web.exposure.include=p2pmap");

  @Test
  void thereIsNoEndpointUnlessItIsExposed() {
    runner
        .withPropertyValues("management.endpoints.web.exposure.include=health")
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(P2pMapEndpoint.class);
              assertThat(context).doesNotHaveBean(P2pMapEndpointWebExtension.class);
            });
  }

  @Test
  void theNodeIsShownWithItsMembersAndMaps() {
    runner.run(
        withFlags(
            3,
            (context, endpoint) -> {
              NodeDescriptor node = endpoint.node();
              assertThat(node.running()).isTrue();
              assertThat(node.members())
                  .singleElement()
                  .matches(Member::isSelf)
                  .extracting(Member::name)
                  .isEqualTo("node-a");
              assertThat(node.maps()).containsOnlyKeys("flags");
              NodeDescriptor.MapDescriptor flags = node.maps().get("flags");
              MapStatus status = context.getBean("flags", ReplicatedMap.class).status();
              assertThat(flags.state()).isEqualTo(MapStatus.State.READY);
              assertThat(flags.size()).isEqualTo(3);
              assertThat(flags.fingerprint()).matches("[0-9a-f]{16}");
              assertThat(Long.parseUnsignedLong(flags.fingerprint(), 16))
                  .isEqualTo(status.fingerprint());
              assertThat(flags.inSync()).isTrue();
            }));
  }

  @Test
  void aPageIsSortedByKey() {
    runner.run(
        withFlags(
            12,
            (context, endpoint) -> {
              PageDescriptor page = page(endpoint, "flags", 1, 5);
              assertThat(page.map()).isEqualTo("flags");
              assertThat(page.page()).isEqualTo(1);
              assertThat(page.size()).isEqualTo(5);
              assertThat(page.total()).isEqualTo(12);
              assertThat(page.entries())
                  .extracting(EntryDescriptor::key)
                  .containsExactly("flag-05", "flag-06", "flag-07", "flag-08", "flag-09");
            }));
  }

  @Test
  void aPageBeyondTheEndIsEmpty() {
    runner.run(
        withFlags(
            1,
            (context, endpoint) ->
                assertThat(page(endpoint, "flags", Integer.MAX_VALUE, 1000).entries()).isEmpty()));
  }

  @Test
  void aPageHasALimitedSize() {
    runner.run(
        withFlags(
            1,
            (context, endpoint) -> {
              assertThat(page(endpoint, "flags", null, null).size()).isEqualTo(100);
              for (int size : new int[] {0, -1, 1001}) {
                assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> page(endpoint, "flags", 0, size))
                    .satisfies(
                        ex ->
                            assertThat(ex.getReason())
                                .isEqualTo("Parameter 'size' must be 1 to 1000"));
              }
              assertThatExceptionOfType(InvalidEndpointRequestException.class)
                  .isThrownBy(() -> page(endpoint, "flags", -1, 1));
            }));
  }

  @Test
  void valuesAreMasked() {
    runner.run(
        withFlags(
            1,
            (context, endpoint) -> {
              assertThat(endpoint.entry("flags", "flag-00").value()).isEqualTo("******");
              assertThat(page(endpoint, "flags", null, null).entries().get(0).value())
                  .isEqualTo("******");
            }));
  }

  @Test
  void valuesAreShownAsJsonWhenAllowed() {
    runner
        .withPropertyValues("management.endpoint.p2pmap.show-values=always")
        .run(
            withFlags(
                1,
                (context, endpoint) -> {
                  EntryDescriptor entry = endpoint.entry("flags", "flag-00");
                  assertThat(((JsonNode) entry.value()).get("rolloutPercent").intValue()).isZero();
                  assertThat(entry.writer()).isEqualTo("node-a");
                  assertThat(entry.writtenAt()).isNotNull();
                  assertThat(entry.expiresAt()).isNull();
                  assertThat(entry.valueBytes()).isPositive();
                }));
  }

  @Test
  void valuesAreShownToUsersWithTheRoleOnly() {
    runner
        .withPropertyValues(
            "management.endpoint.p2pmap.show-values=when-authorized",
            "management.endpoint.p2pmap.roles=operator")
        .run(
            withFlags(
                1,
                (context, endpoint) -> {
                  P2pMapEndpointWebExtension web =
                      context.getBean(P2pMapEndpointWebExtension.class);
                  assertThat(web.entry(new User("operator"), "flags", "flag-00").value())
                      .isInstanceOf(JsonNode.class);
                  assertThat(web.entry(new User("guest"), "flags", "flag-00").value())
                      .isEqualTo("******");
                  assertThat(
                          ((PageDescriptor)
                                  web.page(SecurityContext.NONE, "flags", 0, 1, null, null))
                              .entries()
                              .get(0)
                              .value())
                      .isEqualTo("******");
                }));
  }

  @Test
  void whatIsNotThereIsNull() {
    runner.run(
        withFlags(
            1,
            (context, endpoint) -> {
              assertThat(page(endpoint, "missing", null, null)).isNull();
              assertThat(endpoint.entry("missing", "flag-00")).isNull();
              assertThat(endpoint.entry("flags", "missing")).isNull();
            }));
  }

  private static PageDescriptor page(
      P2pMapEndpoint endpoint, String map, Integer page, Integer size) {
    return (PageDescriptor) endpoint.page(map, page, size, null, null);
  }

  private interface Check {
    void accept(AssertableApplicationContext context, P2pMapEndpoint endpoint);
  }

  private static ContextConsumer<AssertableApplicationContext> withFlags(int count, Check check) {
    return context -> {
      @SuppressWarnings("unchecked")
      ReplicatedMap<String, FeatureFlag> flags = context.getBean("flags", ReplicatedMap.class);
      IntStream.range(0, count)
          .forEach(i -> flags.put("flag-%02d".formatted(i), FeatureFlag.on(i)));
      check.accept(context, context.getBean(P2pMapEndpoint.class));
    };
  }

  /** A user who has logged in and has one role. */
  private record User(String role) implements SecurityContext {

    @Override
    public Principal getPrincipal() {
      return () -> "somebody";
    }

    @Override
    public boolean isUserInRole(String asked) {
      return role.equals(asked);
    }
  }
}
