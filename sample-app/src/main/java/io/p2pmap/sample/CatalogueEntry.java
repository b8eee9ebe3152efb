package io.p2pmap.sample;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Value of the map {@code catalogue}: what is known of a configuration property.
 *
 * @param type Java type
 * @param defaultValue default as text, as JSON if it is a list
 */
record CatalogueEntry(
    @Nullable String type,
    @JsonProperty("default") @Nullable String defaultValue,
    @Nullable String description) {}
