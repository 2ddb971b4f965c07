//! From a figure to charming's option. Colours are those of the light scheme; the style sheet turns them with the scheme.

use charming::Chart;
use charming::component::{Axis, Grid, Legend};
use charming::element::{AxisLabel, AxisLine, AxisTick, AxisType, Color, ItemStyle, Label, LineStyle, SplitLine, TextStyle};
use charming::series::{Bar, Line};
use domain::figure::{Figure, FigureKind, Series};
use serde_json::{Value, json};

/// Width of a drawing in its own units.
const WIDTH: u32 = 680;
/// Height of a bar with the space around it.
const BAR: u32 = 34;
/// The most that the names of the bars take.
const LONGEST_NAME: u32 = 300;
/// The grey of words.
const WORDS: &str = "#505b6a";
/// The grey of lines.
const LINES: &str = "#dcdbd5";

/// Colour of a class or step, in the light scheme: the tokens of `style/_tokens.scss`.
fn colour(class: &str) -> &'static str {
    match class {
        "established" | "step-5" => "#dcebe6",
        "developing" | "step-4" => "#9cc5c1",
        "starting" | "step-2" => "#d58a45",
        "not-in-place" | "step-0" => "#7a2418",
        "reported" => "#c9d9ea",
        "zero" => "#ded7ee",
        "withheld" => "#c9ccd2",
        "not-enough" => "#eeece5",
        "not-submitted" => "#ffffff",
        "not-applicable" => "#f4f3ef",
        "step-1" => "#d58a45",
        "step-3" => "#c9d9ea",
        _ => "#0b5a7a",
    }
}

/// The pattern over the colour, as ECharts' decal, so that classes differ without colour too.
fn decal(class: &str) -> Value {
    let lines = |rotation: f64| json!({"color": "rgba(40,40,40,.45)", "dashArrayX": [1, 0], "dashArrayY": [1, 4], "rotation": rotation});
    let dots =
        || json!({"color": "rgba(255,255,255,.8)", "symbol": "circle", "dashArrayX": [[4, 4]], "dashArrayY": [4, 2], "symbolSize": 0.5});
    match class {
        "starting" | "step-2" => lines(0.785),
        "not-in-place" | "step-0" => dots(),
        "not-enough" => lines(-0.785),
        "zero" => lines(0.0),
        "withheld" | "step-1" => lines(1.571),
        _ => json!({"symbol": "none"}),
    }
}

fn dark(class: &str) -> bool {
    ["not-in-place", "step-0"].contains(&class)
}

/// Whether a number stands in its piece of a bar: where the piece is plain and, beside the longest bar, wide enough to read it.
fn labelled(series: &Series, value: f64, longest: f64) -> bool {
    decal(&series.class)["symbol"] == "none" && !dark(&series.class) && longest > 0.0 && value / longest >= 0.03
}

/// The option as JSON with width and height; none where there is nothing to draw.
pub(super) fn of(figure: &Figure) -> Option<(String, u32, u32)> {
    let rows = u32::try_from(figure.categories.len()).ok()?;
    if rows == 0 || figure.series.iter().all(|s| s.values.iter().all(Option::is_none)) {
        return None;
    }
    // Longer names are cut by the engine and stand whole in the table.
    let names = figure.categories.iter().map(|name| wide(name)).max().unwrap_or(0).min(LONGEST_NAME) + 12;
    let legend_lines = legend_lines(figure);
    let top = legend_lines * 24 + 12;
    let height = top + rows * BAR + 34;
    let mut chart = Chart::new()
        .grid(Grid::new().left(f64::from(names)).right(24.0).top(f64::from(top)).bottom(28.0).contain_label(false))
        .legend(Legend::new().top(0).left(0).item_width(18.0).item_height(12.0).text_style(TextStyle::new().color(WORDS).font_size(13.0)));
    let value_axis = Axis::new()
        .type_(AxisType::Value)
        .min_interval(1.0)
        .axis_label(AxisLabel::new().color(WORDS).font_size(12.0))
        .split_line(SplitLine::new().line_style(LineStyle::new().color(LINES)));
    let names_axis = Axis::new()
        .type_(AxisType::Category)
        .data(figure.categories.clone())
        .axis_label(AxisLabel::new().color(WORDS).font_size(12.0))
        .axis_tick(AxisTick::new().show(false))
        .axis_line(AxisLine::new().show(false));
    chart = match figure.kind {
        FigureKind::Lines => chart.x_axis(names_axis).y_axis(value_axis),
        FigureKind::Bars | FigureKind::StackedBars => chart.x_axis(value_axis).y_axis(names_axis.inverse(true)),
    };
    for series in &figure.series {
        chart = match figure.kind {
            FigureKind::Lines => chart.series(line(series)),
            FigureKind::Bars | FigureKind::StackedBars => chart.series(bar(series, figure.kind == FigureKind::StackedBars)),
        };
    }
    let mut option = serde_json::to_value(&chart).ok()?;
    finish(&mut option, figure, names);
    Some((option.to_string(), WIDTH, height))
}

/// Width of a text as the engine reckons it: without fonts, it takes letters beyond ASCII (all of Arabic) for as wide as high.
fn wide(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 7 } else { 13 }).sum()
}

/// Lines that the legend takes at the drawing's width.
fn legend_lines(figure: &Figure) -> u32 {
    let mut lines = 1;
    let mut used = 0;
    for series in &figure.series {
        let piece = 44 + wide(&series.name);
        if used + piece > WIDTH {
            lines += 1;
            used = 0;
        }
        used += piece;
    }
    lines
}

fn bar(series: &Series, stacked: bool) -> Bar {
    let style = ItemStyle::new().color(Color::from(colour(&series.class))).border_color(Color::from("#77808c")).border_width(0.5);
    let bar = Bar::new().name(series.name.clone()).item_style(style).label(Label::new().show(false)).bar_width(20.0);
    if stacked { bar.stack("all") } else { bar }
}

fn line(series: &Series) -> Line {
    let own = colour(&series.class);
    Line::new()
        .name(series.name.clone())
        .line_style(LineStyle::new().color(own).width(2.0))
        .item_style(ItemStyle::new().color(Color::from(own)))
}

/// A component of the option, which charming writes alone or in a list.
fn component<'a>(option: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    match option.get_mut(name)? {
        Value::Array(all) => all.first_mut(),
        one => Some(one),
    }
}

/// What charming has no setter for: data with gaps, labels a piece, patterns, names that are cut.
fn finish(option: &mut Value, figure: &Figure, names: u32) {
    let total = |n: usize| figure.series.iter().filter_map(|s| s.values.get(n).copied().flatten()).sum::<f64>();
    let longest = (0..figure.categories.len()).map(total).fold(0.0, f64::max);
    for (n, series) in figure.series.iter().enumerate() {
        let data: Vec<Value> = series
            .values
            .iter()
            .map(|value| match value {
                Some(value) if labelled(series, *value, longest) => {
                    json!({"value": value, "label": {"show": true, "color": "#1b2430", "fontSize": 12}})
                }
                Some(value) => json!(value),
                None => json!("-"),
            })
            .collect();
        if let Some(target) = option.pointer_mut(&format!("/series/{n}")).and_then(Value::as_object_mut) {
            target.insert("data".into(), data.into());
            target.insert("silent".into(), true.into());
        }
    }
    let decals: Vec<Value> = figure.series.iter().map(|s| decal(&s.class)).collect();
    let axis = if figure.kind == FigureKind::Lines { "xAxis" } else { "yAxis" };
    if let Some(label) = component(option, axis).and_then(|a| a.get_mut("axisLabel")).and_then(Value::as_object_mut) {
        label.insert("width".into(), (names - 12).into());
        label.insert("overflow".into(), "truncate".into());
        label.insert("interval".into(), 0.into());
    }
    if let Some(legend) = component(option, "legend").and_then(Value::as_object_mut) {
        legend.insert("itemStyle".into(), json!({"borderWidth": 0.5}));
    }
    // The bars of a stack are of one length, or nearly: the axis ends where the longest does.
    if figure.kind == FigureKind::StackedBars
        && let Some(axis) = component(option, "xAxis").and_then(Value::as_object_mut)
    {
        axis.insert("max".into(), "dataMax".into());
        if let Some(label) = axis.get_mut("axisLabel").and_then(Value::as_object_mut) {
            label.insert("hideOverlap".into(), true.into());
        }
    }
    if let Some(whole) = option.as_object_mut() {
        whole.insert("aria".into(), json!({"enabled": true, "decal": {"show": true, "decals": decals}}));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(values: Vec<Option<f64>>) -> Figure {
        Figure {
            kind: FigureKind::StackedBars,
            title: "t".into(),
            summary: "s".into(),
            category: "Pillar".into(),
            categories: values.iter().map(|_| "Legislation".to_owned()).collect(),
            series: vec![Series { name: "Established".into(), class: "established".into(), values }],
            unit: "states".into(),
        }
    }

    #[test]
    fn a_figure_becomes_an_option_with_its_colours_and_numbers() {
        let (option, width, height) = of(&figure(vec![Some(3.0)])).expect("something to draw");
        let option: Value = serde_json::from_str(&option).expect("JSON");
        assert_eq!((width, height), (680, 24 + 12 + 34 + 34));
        assert_eq!(option["series"][0]["data"][0]["value"], 3.0);
        assert_eq!(option["series"][0]["itemStyle"]["color"], "#dcebe6");
        let mut option = option;
        assert_eq!(component(&mut option, "yAxis").map(|axis| axis["data"][0].clone()), Some(json!("Legislation")));
    }

    #[test]
    fn a_missing_value_is_a_gap_and_not_a_zero() {
        let (option, ..) = of(&figure(vec![Some(3.0), None])).expect("something to draw");
        let option: Value = serde_json::from_str(&option).expect("JSON");
        assert_eq!(option["series"][0]["data"][1], "-");
    }

    #[test]
    fn a_number_stands_only_where_its_piece_is_wide_enough() {
        let (option, ..) = of(&figure(vec![Some(193.0), Some(4.0)])).expect("something to draw");
        let option: Value = serde_json::from_str(&option).expect("JSON");
        assert_eq!(option["series"][0]["data"][0]["label"]["show"], true);
        assert_eq!(option["series"][0]["data"][1], 4.0);
    }

    #[test]
    fn nothing_to_draw_draws_nothing() {
        assert_eq!(of(&figure(vec![])), None);
        assert_eq!(of(&figure(vec![None])), None);
    }
}
