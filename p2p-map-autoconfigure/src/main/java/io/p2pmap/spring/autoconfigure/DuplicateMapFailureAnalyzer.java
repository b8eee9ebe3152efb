package io.p2pmap.spring.autoconfigure;

import io.p2pmap.MapClosedException;
import io.p2pmap.ReplicatedMaps;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports two maps of one name with different types or options, in properties or in Java. */
final class DuplicateMapFailureAnalyzer extends AbstractFailureAnalyzer<IllegalStateException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalStateException cause) {
    if (cause instanceof MapClosedException || !isThrownByOpen(cause)) {
      return null;
    }
    return new FailureAnalysis(
        cause.getMessage(),
        "Declare the map in one place only: under 'p2pmap.maps', or as a MapSpec bean, or as a bean"
            + " of the map's name that opens it, which the properties then leave alone. Inject it"
            + " elsewhere.",
        cause);
  }

  private static boolean isThrownByOpen(IllegalStateException cause) {
    return Arrays.stream(cause.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(ReplicatedMaps.class.getName())
                    && frame.getMethodName().equals("open"));
  }
}
