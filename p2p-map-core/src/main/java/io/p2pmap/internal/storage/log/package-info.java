/**
 * The storage over files: a checksummed, group-committed log and snapshots; see docs/storage.md.
 */
@NullMarked
package io.p2pmap.internal.storage.log;

import org.jspecify.annotations.NullMarked;
