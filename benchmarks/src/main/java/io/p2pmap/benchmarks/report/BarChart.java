package io.p2pmap.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Horizontal bars on a logarithmic scale, as SVG that fits light and dark pages. */
public final class BarChart {

  private static final int WIDTH = 720;
  private static final int LABELS = 230;
  private static final int BARS = 360;
  private static final int ROW = 30;
  private static final int TOP = 44;

  private final String title;
  private final Map<String, Spread> rows = new LinkedHashMap<>();

  /** Creates a chart without bars. */
  public BarChart(String title) {
    this.title = title;
  }

  /** Adds a bar; its whisker shows the extremes. */
  public BarChart bar(String label, Spread value) {
    rows.put(label, value);
    return this;
  }

  /** The picture. */
  public String toSvg() {
    double max = rows.values().stream().mapToDouble(Spread::max).max().orElse(1);
    double min = rows.values().stream().mapToDouble(Spread::min).min().orElse(1);
    double floor = Math.pow(10, Math.floor(Math.log10(min) - 0.3));
    StringBuilder svg = new StringBuilder(Svg.open(WIDTH, TOP + ROW * rows.size() + 14));
    svg.append(Svg.text(10, 24, "title", title + " (logarithmic)"));
    int y = TOP;
    for (Map.Entry<String, Spread> row : rows.entrySet()) {
      Spread value = row.getValue();
      double length = length(value.median(), floor, max);
      svg.append(Svg.text(LABELS - 8, y + 16, "label", row.getKey()));
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\" rx=\"3\"/>\n",
              y == TOP ? "own" : "other",
              LABELS,
              y + 1,
              length));
      svg.append(
          Svg.line(
              LABELS + length(value.min(), floor, max),
              y + 11,
              LABELS + length(value.max(), floor, max),
              y + 11));
      double end = LABELS + length(value.max(), floor, max) + 8;
      svg.append(Svg.text(end, y + 16, "value", Spread.format(value.median())));
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  private static double length(double value, double floor, double max) {
    return Math.max(1, BARS * Math.log(value / floor) / Math.log(max / floor));
  }
}
