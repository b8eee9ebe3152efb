package io.p2pmap.sample;

import io.p2pmap.ReplicatedMap;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The catalogue of configuration properties over HTTP. */
@RestController
@RequestMapping("/catalogue")
final class CatalogueController {

  private final ReplicatedMap<String, CatalogueEntry> catalogue;
  private final ConfigurationMetadata metadata;

  CatalogueController(
      ReplicatedMap<String, CatalogueEntry> catalogue, ConfigurationMetadata metadata) {
    this.catalogue = catalogue;
    this.metadata = metadata;
  }

  /** Writes what this node's class path describes; returns the number of entries. */
  @PostMapping("/load")
  int load() throws IOException {
    Map<String, CatalogueEntry> entries = metadata.read();
    catalogue.putAll(entries);
    return entries.size();
  }

  @GetMapping("/size")
  int size() {
    return catalogue.size();
  }

  @GetMapping("/{name}")
  CatalogueEntry one(@PathVariable String name) {
    CatalogueEntry entry = catalogue.get(name);
    if (entry == null) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "The catalogue has no property '" + name + "'");
    }
    return entry;
  }
}
