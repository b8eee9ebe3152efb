package io.p2pmap.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One figure of several systems, measured in rounds that took turns. Threading: one thread.
 *
 * <p>Machines differ and are busy with other things, so what counts are the ratios within a round.
 */
public final class Comparison {

  private final String title;
  private final String unit;
  private final Map<String, List<Double>> samples = new LinkedHashMap<>();

  /** Creates a comparison without samples. */
  public Comparison(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** Adds the sample of the next round. */
  public void add(String system, double sample) {
    samples.computeIfAbsent(system, s -> new ArrayList<>()).add(sample);
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  Map<String, List<Double>> samples() {
    return samples;
  }

  /** Median of a system's samples. */
  public Spread spread(String system) {
    return Spread.of(samples.getOrDefault(system, List.of()));
  }

  /** Ratios of two systems, round by round. */
  public Spread ratio(String system, String reference) {
    List<Double> ours = samples.getOrDefault(system, List.of());
    List<Double> theirs = samples.getOrDefault(reference, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      ratios.add(ours.get(i) / theirs.get(i));
    }
    return Spread.of(ratios);
  }
}
