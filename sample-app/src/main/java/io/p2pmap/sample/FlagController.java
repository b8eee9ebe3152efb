package io.p2pmap.sample;

import io.p2pmap.InvalidValueException;
import io.p2pmap.ReplicatedMap;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Feature flags over HTTP. */
@RestController
@RequestMapping("/flags")
final class FlagController {

  private final ReplicatedMap<String, FeatureFlag> flags;
  private final FlagRules rules;

  FlagController(ReplicatedMap<String, FeatureFlag> flags, FlagRules rules) {
    this.flags = flags;
    this.rules = rules;
  }

  @GetMapping
  Map<String, FeatureFlag> all() {
    return new TreeMap<>(flags.asMap());
  }

  @GetMapping("/{name}")
  FeatureFlag one(@PathVariable String name) {
    FeatureFlag flag = flags.get(name);
    if (flag == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no flag '" + name + "'");
    }
    return flag;
  }

  /** Creates or replaces; which of the two it is differs between nodes, so it does not say. */
  @PutMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void put(
      @PathVariable String name,
      @RequestBody FeatureFlag flag,
      @RequestParam(required = false) @Nullable Duration ttl) {
    try {
      write(name, flag, ttl);
    } catch (InvalidValueException refused) {
      throw rules
          .objectionTo(flag)
          .map(reason -> new InvalidValueException("Flag '%s': %s".formatted(name, reason)))
          .orElse(refused);
    }
  }

  private void write(String name, FeatureFlag flag, @Nullable Duration ttl) {
    if (ttl == null) {
      flags.put(name, flag);
    } else if (ttl.isNegative() || ttl.isZero()) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "ttl must be positive, but was " + ttl);
    } else {
      flags.put(name, flag, ttl);
    }
  }

  /** Succeeds for an unknown flag, too: the removal also reaches nodes that know it. */
  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String name) {
    flags.remove(name);
  }
}
