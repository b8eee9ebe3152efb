/** Results as Markdown, JSON, and SVG. */
@NullMarked
package io.p2pmap.benchmarks.report;

import org.jspecify.annotations.NullMarked;
