package io.p2pmap.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Curves on two logarithmic axes, as SVG, each with the power law that fits it best. */
public final class LineChart {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int LEFT = 80;
  private static final int RIGHT = 700;
  private static final int TOP = 70;
  private static final int BOTTOM = 310;
  private static final String[] COLOURS = {"#2da44e", "#0969da", "#d29922", "#cf222e"};

  private final String title;
  private final String xTitle;
  private final Map<String, TreeMap<Double, Double>> curves = new LinkedHashMap<>();

  /** Creates a chart without curves. */
  public LineChart(String title, String xTitle) {
    this.title = title;
    this.xTitle = xTitle;
  }

  /** Adds a point to a curve; both numbers are positive. */
  public void point(String curve, double x, double y) {
    curves.computeIfAbsent(curve, c -> new TreeMap<>()).put(x, y);
  }

  /** The exponent e of the law y = c * x^e that fits a curve best. */
  public double exponent(String curve) {
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (Map.Entry<Double, Double> point : curves.getOrDefault(curve, new TreeMap<>()).entrySet()) {
      double x = Math.log(point.getKey());
      double y = Math.log(point.getValue());
      n++;
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }
    return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
  }

  /** The points as a Markdown table. */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder("| %s |".formatted(xTitle));
    curves.keySet().forEach(curve -> text.append(" %s |".formatted(curve)));
    text.append("\n|---|").append("---|".repeat(curves.size())).append('\n');
    TreeMap<Double, Double> xs = new TreeMap<>();
    curves.values().forEach(xs::putAll);
    for (double x : xs.keySet()) {
      text.append("| %s |".formatted(Spread.format(x)));
      for (TreeMap<Double, Double> curve : curves.values()) {
        text.append(" %s |".formatted(Spread.format(curve.getOrDefault(x, Double.NaN))));
      }
      text.append('\n');
    }
    text.append("| grows as x to the power |");
    for (String curve : curves.keySet()) {
      text.append(String.format(Locale.ROOT, " %.2f |", exponent(curve)));
    }
    return text.append('\n').toString();
  }

  /** The picture. */
  public String toSvg() {
    Scale x = scale(true);
    Scale y = scale(false);
    StringBuilder svg = new StringBuilder(Svg.open(WIDTH, HEIGHT));
    svg.append(Svg.text(10, 24, "title", title));
    for (double tick = x.first(); tick <= x.max * 1.01; tick *= 10) {
      svg.append(Svg.text(x.at(tick), BOTTOM + 20, "middle", Spread.format(tick)));
    }
    svg.append(Svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 42, "middle", xTitle));
    for (double tick = y.first(); tick <= y.max * 1.01; tick *= 10) {
      svg.append(Svg.text(LEFT - 8, y.at(tick) + 4, "label", Spread.format(tick)));
      svg.append(Svg.line("axis", LEFT, y.at(tick), RIGHT, y.at(tick)));
    }
    int number = 0;
    for (Map.Entry<String, TreeMap<Double, Double>> curve : curves.entrySet()) {
      svg.append(curve(curve.getKey(), curve.getValue(), number++, x, y));
    }
    return svg.append("</svg>\n").toString();
  }

  private String curve(String name, TreeMap<Double, Double> points, int number, Scale x, Scale y) {
    String colour = COLOURS[number % COLOURS.length];
    StringBuilder line = new StringBuilder();
    points.forEach(
        (px, py) -> line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x.at(px), y.at(py))));
    String legend = String.format(Locale.ROOT, "%s, x^%.2f", name, exponent(name));
    int column = LEFT + number % 2 * 320;
    int row = 44 + number / 2 * 16;
    return "<polyline class=\"curve\" stroke=\"%s\" points=\"%s\"/>\n"
            .formatted(colour, line.toString().trim())
        + "<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/>\n"
            .formatted(column, row - 9, colour)
        + Svg.text(column + 16, row, "legend", legend);
  }

  private Scale scale(boolean isX) {
    double min = Double.MAX_VALUE;
    double max = 0;
    for (TreeMap<Double, Double> curve : curves.values()) {
      for (Map.Entry<Double, Double> point : curve.entrySet()) {
        double value = isX ? point.getKey() : point.getValue();
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return isX
        ? new Scale(min, max, LEFT, RIGHT - 20)
        : new Scale(Math.pow(10, Math.floor(Math.log10(min))), max * 1.2, BOTTOM, TOP);
  }

  private record Scale(double min, double max, double from, double to) {

    double at(double value) {
      return from + (to - from) * Math.log(value / min) / Math.log(Math.max(max / min, 1.0001));
    }

    double first() {
      return Math.pow(10, Math.ceil(Math.log10(min) - 1e-9));
    }
  }
}
