//! Short words for the state of a thing. A tag is never a link.

use leptos::prelude::*;

/// The tone of a tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TagKind {
    /// Nothing to do.
    #[default]
    Neutral,
    /// Under way.
    Active,
    /// Done.
    Done,
    /// Waits for the reader.
    Attention,
    /// Something is wrong.
    Problem,
}

/// A tag.
#[component]
pub fn Tag(
    /// Its words.
    #[prop(into)]
    label: String,
    /// Its tone.
    #[prop(optional)]
    kind: TagKind,
) -> impl IntoView {
    let class = match kind {
        TagKind::Neutral => "tag",
        TagKind::Active => "tag tag--active",
        TagKind::Done => "tag tag--done",
        TagKind::Attention => "tag tag--attention",
        TagKind::Problem => "tag tag--problem",
    };
    view! { <strong class=class>{label}</strong> }
}
