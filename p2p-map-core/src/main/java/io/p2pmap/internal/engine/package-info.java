/**
 * Drives replicas: performs their effects in one order under one lock a map, and owns the threads
 * that send and apply.
 */
@NullMarked
package io.p2pmap.internal.engine;

import org.jspecify.annotations.NullMarked;
