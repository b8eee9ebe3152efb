package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.Change;
import java.util.List;

/**
 * Is told of visible changes under the map's lock, in order; must only queue them.
 *
 * @param <K> how the map identifies keys
 */
@FunctionalInterface
interface ChangeListener<K> {

  void onChanges(List<Change<K>> changes);
}
