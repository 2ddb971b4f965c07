//! What was said, line by line.

use super::say::Line;
use crate::ui::typed_dir;
use leptos::prelude::*;

/// Lines of text, a paragraph each.
pub(super) fn text_lines(text: Vec<String>) -> AnyView {
    let paragraph = |line: String| {
        let dir = typed_dir(&line);
        view! { <p class="said__line" dir=dir>{line}</p> }
    };
    text.into_iter().map(paragraph).collect_view().into_any()
}

/// Labels with what stands there.
pub(super) fn lines(lines: Vec<Line>) -> AnyView {
    let items = lines
        .into_iter()
        .map(|line| {
            let label = (!line.label.is_empty()).then(|| view! { <p class="said__label">{line.label}</p> });
            view! { <div class="said__item">{label}{text_lines(line.text)}</div> }
        })
        .collect_view();
    view! { <div class="said">{items}</div> }.into_any()
}
