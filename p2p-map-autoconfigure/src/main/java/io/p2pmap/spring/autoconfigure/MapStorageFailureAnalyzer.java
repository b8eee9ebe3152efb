package io.p2pmap.spring.autoconfigure;

import io.p2pmap.MapStorageException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a persisted map that can't be opened, or can't be written while the node starts. */
final class MapStorageFailureAnalyzer extends AbstractFailureAnalyzer<MapStorageException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, MapStorageException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Check the folder, its access rights, and the space on its disk (properties"
            + " 'p2pmap.storage.directory', 'p2pmap.storage.on-corruption' and"
            + " 'p2pmap.node-name').",
        cause);
  }
}
