package io.p2pmap.spring.actuate;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** Adds to the endpoint what only HTTP has: who asks, and a status of its own. */
@EndpointWebExtension(endpoint = P2pMapEndpoint.class)
final class P2pMapEndpointWebExtension {

  private final P2pMapEndpoint endpoint;
  private final Show showValues;
  private final Set<String> roles;

  P2pMapEndpointWebExtension(P2pMapEndpoint endpoint, Show showValues, Set<String> roles) {
    this.endpoint = endpoint;
    this.showValues = showValues;
    this.roles = roles;
  }

  @ReadOperation
  @Nullable OperationResponseBody page(
      SecurityContext user,
      @Selector String map,
      @Nullable Integer page,
      @Nullable Integer size,
      @Nullable String prefix,
      @Nullable Boolean removed) {
    PageRequest request = PageRequest.of(page, size, prefix);
    boolean isShown = showValues.isShown(user, roles);
    return endpoint.page(map, request, Boolean.TRUE.equals(removed), isShown);
  }

  @ReadOperation
  @Nullable EntryDescriptor entry(
      SecurityContext user, @Selector String map, @Selector String key) {
    return endpoint.entry(map, key, showValues.isShown(user, roles));
  }

  @DeleteOperation
  WebEndpointResponse<Void> remove(@Selector String map, @Selector String key) {
    boolean removed = endpoint.remove(map, key);
    return new WebEndpointResponse<>(
        removed ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
  }
}
