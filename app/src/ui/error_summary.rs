//! What is wrong with a form, before the form.

use leptos::prelude::*;

/// One thing that is wrong.
#[derive(Clone)]
pub struct ErrorItem {
    /// The id of the field, without `#`; none where no field is to blame.
    pub field: Option<String>,
    /// The same words as at the field.
    pub text: String,
}

impl ErrorItem {
    /// An error at the field with this id.
    pub fn at(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self { field: Some(field.into()), text: text.into() }
    }

    /// An error of the whole form.
    pub fn general(text: impl Into<String>) -> Self {
        Self { field: None, text: text.into() }
    }
}

/// The summary at the top of `main`; nothing where nothing is wrong. It takes the focus when the page loads.
#[component]
pub fn ErrorSummary(
    /// "There is a problem".
    #[prop(into)]
    title: String,
    /// What is wrong, in the order of the fields.
    errors: Vec<ErrorItem>,
) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let items = errors
            .into_iter()
            .map(|e| match e.field {
                Some(id) => view! { <li><a href=format!("#{id}")>{e.text}</a></li> }.into_any(),
                None => view! { <li>{e.text}</li> }.into_any(),
            })
            .collect_view();
        view! {
            <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabindex="-1" autofocus=true>
                <h2 class="error-summary__title" id="error-summary-title">{title}</h2>
                <ul class="error-summary__list">{items}</ul>
            </div>
        }
    })
}
