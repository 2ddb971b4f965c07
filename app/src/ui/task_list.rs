//! What there is to do, and how far it is.

use super::tag::{Tag, TagKind};
use leptos::prelude::*;

/// A task.
#[derive(Clone)]
pub struct Task {
    /// Where it is done; none where it cannot be started yet.
    pub href: Option<String>,
    /// Its name.
    pub label: String,
    /// More about it, such as a count.
    pub hint: Option<String>,
    /// Its state in words.
    pub status: String,
    /// The tone of the state; none prints it as plain text, as for what is done.
    pub kind: Option<TagKind>,
}

/// The list. `id` must differ between the lists of a page.
#[component]
pub fn TaskList(
    /// Prefix of the ids.
    #[prop(into)]
    id: String,
    /// The tasks.
    tasks: Vec<Task>,
) -> impl IntoView {
    let tasks = tasks
        .into_iter()
        .enumerate()
        .map(|(n, task)| {
            let status_id = format!("{id}-{n}-status");
            let hint_id = format!("{id}-{n}-hint");
            let describedby = match task.hint {
                Some(_) => format!("{hint_id} {status_id}"),
                None => status_id.clone(),
            };
            let name = match task.href {
                Some(href) => view! { <a class="task-list__link" href=href aria-describedby=describedby>{task.label}</a> }.into_any(),
                None => view! { <span>{task.label}</span> }.into_any(),
            };
            let status = match task.kind {
                Some(kind) => view! { <Tag kind=kind label=task.status /> }.into_any(),
                None => task.status.into_any(),
            };
            view! {
                <li class="task-list__item">
                    <div class="task-list__name">
                        {name}
                        {task.hint.map(|text| view! { <div class="task-list__hint" id=hint_id>{text}</div> })}
                    </div>
                    <div class="task-list__status" id=status_id>{status}</div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="task-list">{tasks}</ul> }
}
