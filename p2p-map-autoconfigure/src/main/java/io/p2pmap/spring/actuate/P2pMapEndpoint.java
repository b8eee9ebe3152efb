package io.p2pmap.spring.actuate;

import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Shows this node, its maps, and their contents; removes single entries if access allows it. */
@Endpoint(id = "p2pmap", defaultAccess = Access.READ_ONLY)
final class P2pMapEndpoint {

  private final ReplicatedMaps maps;
  private final MapContents contents;
  private final Show showValues;

  P2pMapEndpoint(ReplicatedMaps maps, MapContents contents, Show showValues) {
    this.maps = maps;
    this.contents = contents;
    this.showValues = showValues;
  }

  @ReadOperation
  NodeDescriptor node() {
    return NodeDescriptor.of(maps);
  }

  /**
   * A page of a map: its entries, or the removals that it remembers.
   *
   * @param removed whether the removals are asked for
   */
  @ReadOperation
  @Nullable OperationResponseBody page(
      @Selector String map,
      @Nullable Integer page,
      @Nullable Integer size,
      @Nullable String prefix,
      @Nullable Boolean removed) {
    PageRequest request = PageRequest.of(page, size, prefix);
    return page(map, request, Boolean.TRUE.equals(removed), showValues.isShown(true));
  }

  @ReadOperation
  @Nullable EntryDescriptor entry(@Selector String map, @Selector String key) {
    return entry(map, key, showValues.isShown(true));
  }

  /** Whether the entry was there. */
  @DeleteOperation
  boolean remove(@Selector String map, @Selector String key) {
    return find(map).map(found -> contents.remove(found, key)).orElse(false);
  }

  @Nullable OperationResponseBody page(
      String map, PageRequest request, boolean removed, boolean showValue) {
    return find(map)
        .<OperationResponseBody>map(
            found ->
                removed
                    ? contents.removed(found, request)
                    : contents.page(found, request, showValue))
        .orElse(null);
  }

  @Nullable EntryDescriptor entry(String map, String key, boolean showValue) {
    return find(map).flatMap(found -> contents.entry(found, key, showValue)).orElse(null);
  }

  private Optional<ReplicatedMap<?, ?>> find(String map) {
    return maps.find(map);
  }
}
