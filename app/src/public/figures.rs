//! Figures on pages: drawn as a chart where one can be drawn, with the table always beside it.

use crate::i18n::Tr;
use crate::public::reading;
use crate::ui::{Cell, Column, FigureFrame, Link, Narrow, Row, Table};
use crate::web::Context;
use domain::figure::{Figure, FigureKind, Series};
use domain::release::{GapClass, RegionFigure};
use leptos::prelude::*;

/// A figure with its chart, its table and what can be done with it; to be drawn before the page around it.
pub async fn view(context: &Context, id: &str, figure: &Figure, links: Vec<Link>, note: Option<String>) -> AnyView {
    let svg = context.app.charts.draw(context.release.number, figure, id).await;
    let drawing = svg.map(|svg| {
        // A chart reads from left to right in every language: a numbers' axis is not mirrored.
        view! { <div class="chart" dir="ltr" role="img" tabindex="0" aria-label=format!("{}. {}", figure.title, figure.summary) inner_html=svg.to_string()></div> }
    });
    let table = table(&context.tr, id, figure);
    let (title, summary) = (figure.title.clone(), figure.summary.clone());
    view! {
        <FigureFrame id=id.to_owned() title=title summary=summary links=links note=note>
            {drawing}
            {table}
        </FigureFrame>
    }
    .into_any()
}

/// The figure's table. The longer side goes down the page, so that it fits a narrow column.
fn table(tr: &Tr, id: &str, figure: &Figure) -> AnyView {
    let value = |series: &Series, n: usize| match series.values.get(n).copied().flatten() {
        Some(value) => tr.decimal(value),
        None => "–".to_owned(),
    };
    let turned = figure.categories.len() < figure.series.len();
    let names: Vec<String> = if turned { figure.categories.clone() } else { figure.series.iter().map(|s| s.name.clone()).collect() };
    let first = if turned { tr.t("charts.reading") } else { figure.category.clone() };
    let columns: Vec<Column> = std::iter::once(Column::text(first)).chain(names.into_iter().map(Column::number)).collect();
    let row = |name: &str, values: Vec<String>| -> Row {
        let cells: Vec<Cell> = std::iter::once(name.to_owned()).chain(values).map(Cell::text).collect();
        cells.into()
    };
    let rows: Vec<Row> = if turned {
        figure.series.iter().map(|s| row(&s.name, (0..figure.categories.len()).map(|n| value(s, n)).collect())).collect()
    } else {
        let categories = figure.categories.iter().enumerate();
        categories.map(|(n, name)| row(name, figure.series.iter().map(|s| value(s, n)).collect())).collect()
    };
    let caption = format!("{} ({})", figure.title, figure.unit);
    view! { <Table id=format!("{id}-table") caption=caption caption_hidden=true columns=columns rows=rows narrow=Narrow::Scroll dense=true /> }
        .into_any()
}

/// Numbers of states by class, one bar a category. Classes that occur nowhere are left out.
pub fn classes(context: &Context, title: String, summary: String, category: String, rows: &[(String, &RegionFigure)]) -> Figure {
    let tr = &context.tr;
    let count = |figure: &RegionFigure, class: GapClass| figure.classes.get(&class).copied().unwrap_or(0);
    let series = GapClass::ALL
        .into_iter()
        .filter(|class| rows.iter().any(|(_, figure)| count(figure, *class) > 0))
        .map(|class| Series {
            name: reading::class_name(tr, class),
            class: reading::class(class).slug().to_owned(),
            values: rows.iter().map(|(_, figure)| Some(f64::from(count(figure, class)))).collect(),
        })
        .collect();
    Figure {
        kind: FigureKind::StackedBars,
        title,
        summary,
        category,
        categories: rows.iter().map(|(name, _)| name.clone()).collect(),
        series,
        unit: tr.t("charts.unit_states"),
    }
}

/// Numbers of states by milestone, one bar a category: index 0 to 5 the milestones, 6 not enough reported, 7 not submitted.
pub fn milestones(context: &Context, title: String, summary: String, category: String, rows: &[(String, [u16; 8])]) -> Figure {
    let tr = &context.tr;
    let series = (0..8)
        .map(|step: usize| {
            let (name, class) = match step {
                6 => (reading::class_name(tr, GapClass::NotEnough), "not-enough".to_owned()),
                7 => (reading::class_name(tr, GapClass::NotSubmitted), "not-submitted".to_owned()),
                step => (tr.with("recommendations.step", &[("step", step.to_string())]), format!("step-{step}")),
            };
            Series { name, class, values: rows.iter().map(|(_, counts)| Some(f64::from(counts[step]))).collect() }
        })
        .filter(|s: &Series| s.values.iter().any(|v| *v > Some(0.0)))
        .collect();
    Figure {
        kind: FigureKind::StackedBars,
        title,
        summary,
        category,
        categories: rows.iter().map(|(name, _)| name.clone()).collect(),
        series,
        unit: tr.t("charts.unit_states"),
    }
}
