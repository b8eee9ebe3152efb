package io.p2pmap.internal.transport.memory;

import io.p2pmap.internal.transport.View;
import java.util.UUID;

/** What waits in a node's inbox. */
sealed interface Delivery {

  /** The members changed. */
  record NewView(View view) implements Delivery {}

  /** A frame arrived; nobody else holds its array. */
  record Frame(UUID sender, byte[] bytes) implements Delivery {}
}
