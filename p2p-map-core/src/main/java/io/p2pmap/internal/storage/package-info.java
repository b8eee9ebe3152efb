/**
 * The storage port: keeps the records of a map over crashes, and knows nothing of their meaning.
 */
@NullMarked
package io.p2pmap.internal.storage;

import org.jspecify.annotations.NullMarked;
