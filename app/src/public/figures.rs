//! Figures on pages: drawn as a chart where one can be drawn, with the table always beside it.

use crate::i18n::Tr;
use crate::public::reading;
use crate::ui::{Cell, Column, FigureFrame, Link, Narrow, Row, Table};
use crate::web::Context;
use domain::figure::{Figure, FigureKind, Series};
use domain::read::Counts;
use domain::read::recommendations::Steps;
use domain::release::GapClass;
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
pub fn classes(context: &Context, title: String, summary: String, category: String, rows: &[(String, &Counts)]) -> Figure {
    let tr = &context.tr;
    let names = GapClass::ALL.map(|class| (reading::class_name(tr, class), reading::class(class).slug().to_owned()));
    let columns = GapClass::ALL.into_iter().zip(names);
    let series = columns.map(|(class, (name, slug))| (name, slug, rows.iter().map(|(_, counts)| counts.of(class)).collect()));
    stacked(tr, title, summary, category, rows.iter().map(|(name, _)| name.clone()).collect(), series)
}

/// Numbers of states by the step that they reached, one bar a category. Steps that nobody is at are left out.
pub fn milestones(context: &Context, title: String, summary: String, category: String, rows: &[(String, &Steps)]) -> Figure {
    let tr = &context.tr;
    let steps = (0..6_usize).map(|step| {
        let name = tr.with("recommendations.step", &[("step", step.to_string())]);
        (name, format!("step-{step}"), rows.iter().map(|(_, steps)| steps.reached[step]).collect())
    });
    let silent = |class: GapClass, count: fn(&Steps) -> u64| {
        (reading::class_name(tr, class), reading::class(class).slug().to_owned(), rows.iter().map(|(_, steps)| count(steps)).collect())
    };
    let silent = [silent(GapClass::NotEnough, |steps| steps.not_enough), silent(GapClass::NotSubmitted, |steps| steps.not_submitted)];
    stacked(tr, title, summary, category, rows.iter().map(|(name, _)| name.clone()).collect(), steps.chain(silent))
}

/// Stacked bars of numbers of states: each column with its name, its class and a number a category. Columns without any are left out.
fn stacked(
    tr: &Tr,
    title: String,
    summary: String,
    category: String,
    categories: Vec<String>,
    columns: impl Iterator<Item = (String, String, Vec<u64>)>,
) -> Figure {
    #[expect(clippy::cast_precision_loss, reason = "there are fewer than two hundred states")]
    let series = columns.filter(|(_, _, counts)| counts.iter().any(|n| *n > 0)).map(|(name, class, counts)| Series {
        name,
        class,
        values: counts.into_iter().map(|n| Some(n as f64)).collect(),
    });
    Figure {
        kind: FigureKind::StackedBars,
        title,
        summary,
        category,
        categories,
        series: series.collect(),
        unit: tr.t("charts.unit_states"),
    }
}
