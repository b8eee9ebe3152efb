package io.p2pmap.benchmarks.report;

import java.util.Locale;

/** Pieces of the charts. Colours are readable on white and on black. */
final class Svg {

  private Svg() {}

  static String open(int width, int height) {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d">
    <style>
    text { font: 13px system-ui, sans-serif; fill: #57606a }
    .title { font-weight: 600; font-size: 15px }
    .label { text-anchor: end }
    .middle { text-anchor: middle }
    .own { fill: #2da44e; stroke: #2da44e }
    .other { fill: #8c959f; stroke: #8c959f }
    .whisker { stroke: #d29922; stroke-width: 2 }
    .axis { stroke: #8c959f; stroke-width: 1 }
    .curve { fill: none; stroke-width: 2 }
    @media (prefers-color-scheme: dark) { text { fill: #c9d1d9 } }
    </style>
    """
        .formatted(width, height, width, height);
  }

  static String text(double x, double y, String kind, String text) {
    return String.format(
        Locale.ROOT,
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
        kind,
        x,
        y,
        text.replace("&", "&amp;").replace("<", "&lt;"));
  }

  static String line(double x1, double y1, double x2, double y2) {
    return line("whisker", x1, y1, x2, y2);
  }

  static String line(String kind, double x1, double y1, double x2, double y2) {
    return String.format(
        Locale.ROOT,
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        kind,
        x1,
        y1,
        x2,
        y2);
  }
}
