//! The frame of a figure: title, sentence, drawing, table, and the line of what can be done with it.

use super::page::Link;
use leptos::prelude::*;

/// A figure. The children are the drawing and its table.
#[component]
pub fn FigureFrame(
    /// The id, for links and embedding.
    #[prop(into)]
    id: String,
    /// The title.
    #[prop(into)]
    title: String,
    /// What the data say, in one sentence.
    #[prop(optional_no_strip, into)]
    summary: Option<String>,
    /// How it was worked out, downloads, citation, embedding.
    #[prop(optional)]
    links: Vec<Link>,
    /// Source and restrictions, under the drawing.
    #[prop(optional_no_strip, into)]
    note: Option<String>,
    /// The drawing and its table.
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let links = links.into_iter().map(|l| view! { <li><a href=l.href>{l.label}</a></li> }).collect_view();
    view! {
        <figure class="figure" id=id aria-labelledby=title_id>
            <h2 class="figure__title" id=title_id.clone()>{title}</h2>
            {summary.map(|text| view! { <p class="figure__summary">{text}</p> })}
            {children()}
            <figcaption class="figure__caption">
                {note.map(|text| view! { <p>{text}</p> })}
                <ul class="figure__links">{links}</ul>
            </figcaption>
        </figure>
    }
}
