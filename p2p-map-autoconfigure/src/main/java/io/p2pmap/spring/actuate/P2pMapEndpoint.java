package io.p2pmap.spring.actuate;

import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
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

  @ReadOperation
  @Nullable PageDescriptor page(
      @Selector String map, @Nullable Integer page, @Nullable Integer size) {
    return page(map, page, size, showValues.isShown(true));
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

  @Nullable PageDescriptor page(
      String map, @Nullable Integer page, @Nullable Integer size, boolean showValue) {
    return find(map).map(found -> contents.page(found, page, size, showValue)).orElse(null);
  }

  @Nullable EntryDescriptor entry(String map, String key, boolean showValue) {
    return find(map).flatMap(found -> contents.entry(found, key, showValue)).orElse(null);
  }

  private Optional<ReplicatedMap<?, ?>> find(String map) {
    return maps.find(map);
  }
}
