package io.p2pmap.sample;

import java.time.Instant;

/** Value of the map {@code presence}: a node that is there, and where it is reached. */
record PresentNode(String name, String url, long pid, Instant startedAt) {}
