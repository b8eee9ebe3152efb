package io.p2pmap.devtools;

/** A value whose class each start of the application loads anew. */
record Note(String text) {}
