//! A posted form with its page's context, kept when a session has ended.

use super::forms::{Fields, is_anonymous};
use crate::App;
use crate::web::Context;
use axum::extract::{FromRequest, FromRequestParts, RawForm, Request};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// A posted form with its page's context. Who is no longer signed in gets the sign-in page with the form kept in it.
pub(super) struct Posted {
    pub(super) cx: Context,
    pub(super) fields: Fields,
}

impl FromRequest<Arc<App>> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let cx = Context::from_request_parts(&mut parts, app).await.map_err(IntoResponse::into_response)?;
        let request = Request::from_parts(parts, body);
        let RawForm(body): RawForm = RawForm::from_request(request, app).await.map_err(IntoResponse::into_response)?;
        let fields = Fields::read(&body).map_err(IntoResponse::into_response)?;
        if is_anonymous(&cx.visitor) && !cx.address.contains("/sign-") {
            return Err(super::sign_in::keep(&cx, &body));
        }
        Ok(Self { cx, fields })
    }
}
