package org.recommender4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.recommender4j.internal.util.Figures;

/**
 * Draws a chart as SVG to stand inside of an HTML page, whose style sheet gives the colours: classes {@code s0}, {@code s1}, ...
 * for the series, {@code other} for those without a colour, {@code axis}, {@code grid}, {@code label}. The view box is as wide
 * as a phone, so that texts stay readable when the drawing is scaled to the page.
 */
final class SvgChart {
    static final double WIDTH = 380;
    static final double LEFT = 44;
    static final double RIGHT = 368;
    static final double TOP = 22;
    private static final double CHARACTER = 5.6;
    private static final double LINE = 11;
    private static final double EDGE = 2;

    private final double height;
    private final StringBuilder body = new StringBuilder();
    private final List<double[]> taken = new ArrayList<>();

    SvgChart(double height) {
        this.height = height;
    }

    double bottom() {
        return height - 34;
    }

    void axes(
            Scale x,
            Scale y,
            String xTitle,
            String yTitle,
            DoubleFunction<String> xTick,
            DoubleFunction<String> yTick) {
        for (double tick : y.ticks()) {
            line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
            text("tick end", LEFT - 5, y.at(tick) + 3, yTick.apply(tick));
        }
        double last = Double.NEGATIVE_INFINITY;
        for (double tick : x.ticks()) {
            String text = xTick.apply(tick);
            double half = text.length() * CHARACTER / 2;
            line("axis", x.at(tick), bottom(), x.at(tick), bottom() + 3);
            if (x.at(tick) - half > last + 3) {
                text("tick middle", Math.min(x.at(tick), WIDTH - half), bottom() + 14, text);
                last = x.at(tick) + half;
            }
        }
        line("axis", LEFT, bottom(), RIGHT, bottom());
        text("title middle", (LEFT + RIGHT) / 2, height - 5, xTitle);
        text("title", 2, 9, yTitle);
    }

    void line(String classes, double x1, double y1, double x2, double y2) {
        body.append("<line class=\"").append(classes).append('"');
        attribute("x1", x1);
        attribute("y1", y1);
        attribute("x2", x2);
        attribute("y2", y2);
        body.append("/>");
    }

    void text(String classes, double x, double y, String text) {
        body.append("<text class=\"").append(classes).append('"');
        attribute("x", x);
        attribute("y", y);
        body.append('>').append(Html.escape(text)).append("</text>");
    }

    /** A line through points, with the name where a pointer rests. */
    void path(String classes, String name, double[] xs, double[] ys) {
        body.append("<polyline class=\"line ").append(classes).append("\" points=\"");
        for (int k = 0; k < xs.length; k++) {
            body.append(k == 0 ? "" : " ").append(Figures.at(xs[k])).append(',').append(Figures.at(ys[k]));
        }
        body.append("\"><title>").append(Html.escape(name)).append("</title></polyline>");
    }

    void dot(String classes, String name, double x, double y, double radius) {
        body.append("<circle class=\"dot ").append(classes).append('"');
        attribute("cx", x);
        attribute("cy", y);
        attribute("r", radius);
        body.append("><title>").append(Html.escape(name)).append("</title></circle>");
        taken.add(new double[] {x - radius, y - radius, x + radius, y + radius});
    }

    void bar(String classes, String name, double x, double y, double width, double thickness) {
        body.append("<rect class=\"bar ").append(classes).append('"');
        attribute("x", x);
        attribute("y", y);
        attribute("width", Math.max(0.5, width));
        attribute("height", thickness);
        body.append(" rx=\"1.5\"><title>").append(Html.escape(name)).append("</title></rect>");
    }

    /**
     * Writes names next to their dots: never past the edge of the drawing, and where they cover neither a dot nor another name
     * as far as that is possible. A name wider than the drawing is cut; the dot's own text has it in full.
     */
    void labels(List<String> names, List<double[]> places) {
        for (int k = 0; k < names.size(); k++) {
            String name = fitting(names.get(k));
            double width = name.length() * CHARACTER;
            double x = places.get(k)[0];
            double y = places.get(k)[1];
            double[] best = {};
            double least = Double.POSITIVE_INFINITY;
            for (double[] corner : corners(x, y, width)) {
                double[] box = {corner[0], corner[1] - LINE + 2, corner[0] + width, corner[1] + 2};
                double cost = cost(box) + corner[2];
                if (cost < least) {
                    least = cost;
                    best = box;
                }
            }
            taken.add(best);
            if (Math.abs(best[3] - 2 - y) > 16) {
                line("leader", x, y, Math.max(best[0], Math.min(best[2], x)), best[1] > y ? best[1] + 2 : best[3]);
            }
            text("label", best[0], best[3] - 2, name);
        }
    }

    private static String fitting(String name) {
        int most = (int) ((WIDTH - 2 * EDGE) / CHARACTER);
        return name.length() <= most ? name : name.substring(0, most - 1) + "…";
    }

    /** Where a name may begin, with what is against it: right, left, above, below, then further away. */
    private static List<double[]> corners(double x, double y, double width) {
        List<double[]> result = new ArrayList<>();
        for (int step = 0; step <= 5; step++) {
            double away = step * LINE;
            for (int side : step == 0 ? new int[] {1} : new int[] {-1, 1}) {
                double line = y + 3.5 + side * away;
                result.add(new double[] {inside(x + 7, width), line, step * 3});
                result.add(new double[] {inside(x - 7 - width, width), line, step * 3 + 1});
                result.add(new double[] {inside(x - width / 2, width), line, step == 0 ? 1000 : step * 3 + 1});
            }
        }
        return result;
    }

    private static double inside(double x, double width) {
        return Math.max(EDGE, Math.min(x, WIDTH - EDGE - width));
    }

    private double cost(double[] box) {
        double outside = Math.max(0, TOP - box[1]) + Math.max(0, box[3] - bottom());
        double cost = outside * 50;
        for (double[] other : taken) {
            double wide = Math.min(box[2], other[2]) - Math.max(box[0], other[0]);
            double tall = Math.min(box[3], other[3]) - Math.max(box[1], other[1]);
            cost += wide > 0 && tall > 0 ? wide * tall : 0;
        }
        return cost;
    }

    private void attribute(String name, double value) {
        body.append(' ').append(name).append("=\"").append(Figures.at(value)).append('"');
    }

    /** The drawing, with a description for those who can't see it. */
    String svg(String description) {
        return "<svg viewBox=\"0 0 " + Figures.at(WIDTH) + " " + Figures.at(height) + "\" role=\"img\" aria-label=\""
                + Html.escape(description) + "\">" + body + "</svg>";
    }
}
