package io.p2pmap.spring.autoconfigure;

import io.p2pmap.NodeStartException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports a node that can't start as configured. What it says knows nothing of Spring, so the names
 * of the properties are added.
 */
final class NodeStartFailureAnalyzer extends AbstractFailureAnalyzer<NodeStartException> {

  private static final String PROPERTIES =
      " (properties 'p2pmap.security.shared-secret', 'p2pmap.security.ssl-bundle',"
          + " 'p2pmap.bind-address', 'p2pmap.bind-port', 'p2pmap.port-range', 'p2pmap.discovery',"
          + " 'p2pmap.jgroups.config' and 'p2pmap.security.allow-plaintext').";

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, NodeStartException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action() + PROPERTIES, cause);
  }
}
