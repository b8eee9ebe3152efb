package io.p2pmap.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * Median and extremes of some samples.
 *
 * @param count number of samples
 */
public record Spread(double median, double min, double max, int count) {

  static Spread of(List<Double> samples) {
    if (samples.isEmpty()) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    List<Double> sorted = samples.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1), sorted.size());
  }

  /** Three significant digits, with thousands apart. */
  static String format(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    String pattern = size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, size >= 0.01 || size == 0 ? pattern : "%.4f", value);
  }

  @Override
  public String toString() {
    return count < 2
        ? format(median)
        : "%s (%s–%s)".formatted(format(median), format(min), format(max));
  }
}
