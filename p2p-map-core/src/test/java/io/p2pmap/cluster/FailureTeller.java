package io.p2pmap.cluster;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Tells at once what failed; the report comes when all the others are through, too. */
final class FailureTeller implements TestExecutionExceptionHandler {

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Figures.print("failed %s: %s", context.getUniqueId(), failure);
    throw failure;
  }
}
