//! A sentence of ours with texts of other directions in it. Each is kept apart by an element, not by marks of direction: those would be
//! copied with it.

use leptos::prelude::*;

/// A text that stands in a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Woven {
    /// Its name in the sentence, `{name}`.
    name: &'static str,
    text: String,
    dir: &'static str,
}

impl Woven {
    /// A text in its own direction, such as a title or a name.
    pub fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, text: text.into(), dir: "auto" }
    }

    /// An address, a code or a number, which run from left to right.
    pub fn code(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, text: text.into(), dir: "ltr" }
    }
}

/// The sentence, with `{name}` in it wherever one of the texts is to stand.
pub fn sentence(mut template: &str, parts: &[Woven]) -> AnyView {
    let mut views: Vec<AnyView> = Vec::new();
    let first = |template: &str| {
        parts.iter().filter_map(|part| Some((template.find(&format!("{{{}}}", part.name))?, part.clone()))).min_by_key(|(at, _)| *at)
    };
    while let Some((at, part)) = first(template) {
        views.push(template[..at].to_owned().into_any());
        template = &template[at + part.name.len() + 2..];
        views.push(view! { <bdi dir=part.dir>{part.text}</bdi> }.into_any());
    }
    views.push(template.to_owned().into_any());
    views.into_any()
}
