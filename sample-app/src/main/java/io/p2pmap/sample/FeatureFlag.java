package io.p2pmap.sample;

import org.jspecify.annotations.Nullable;

/**
 * Value of the map {@code flags}.
 *
 * @param rolloutPercent share of the users who get the feature when it is enabled
 * @param note why it is as it is; may be left out
 */
record FeatureFlag(boolean enabled, int rolloutPercent, @Nullable String note) {}
