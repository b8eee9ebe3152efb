package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.Change;
import java.util.List;
import java.util.function.Consumer;

/** Opens a driver's stream of visible changes to the tests of other packages. */
public final class DriverChanges {

  private DriverChanges() {}

  /** Calls {@code action} with the changes of each input, under the driver's lock. */
  public static <K> void of(ReplicaDriver<K> driver, Consumer<List<Change<K>>> action) {
    driver.listen(action::accept, initial -> {});
  }
}
