package io.p2pmap.spring;

/** A value type as applications have them. */
public record FeatureFlag(boolean enabled, int rolloutPercent, String note) {

  /** A flag that is on for a part of the users. */
  public static FeatureFlag on(int rolloutPercent) {
    return new FeatureFlag(true, rolloutPercent, "");
  }
}
