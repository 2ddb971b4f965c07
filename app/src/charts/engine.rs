//! The JavaScript engine with ECharts in it.

use rquickjs::{CatchResultExt, Context, Function, Object, Runtime};
use std::path::Path;

/// A failure in words, for the log.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct EngineError(String);

/// An engine that has loaded the script.
pub(super) struct Engine {
    context: Context,
}

fn fail(error: impl std::fmt::Display) -> EngineError {
    EngineError(error.to_string())
}

/// Memory that the engine may take.
const MEMORY: usize = 256 << 20;
/// ECharts recurses deeply while it merges options.
const STACK: usize = 1 << 20;

/// Loads the script.
pub(super) fn load(echarts: &Path) -> Result<Engine, EngineError> {
    let script = std::fs::read_to_string(echarts).map_err(|e| fail(format!("{}: {e}", echarts.display())))?;
    let runtime = Runtime::new().map_err(fail)?;
    runtime.set_memory_limit(MEMORY);
    runtime.set_max_stack_size(STACK);
    let context = Context::full(&runtime).map_err(fail)?;
    context.with(|ctx| {
        let mut options = rquickjs::context::EvalOptions::default();
        options.global = true;
        options.strict = false;
        ctx.eval_with_options::<(), _>(script, options).catch(&ctx).map_err(fail)
    })?;
    Ok(Engine { context })
}

/// Draws an option (JSON).
pub(super) fn draw(engine: &Engine, option: &str, width: u32, height: u32, id: &str) -> Result<String, EngineError> {
    engine.context.with(|ctx| {
        let draw = || -> rquickjs::Result<String> {
            // `var echarts` of a classic script is a property of the global object.
            let echarts: Object<'_> = ctx.globals().get("echarts")?;
            let draw: Function<'_> = echarts.get("draw")?;
            let option = ctx.json_parse(option)?;
            draw.call((option, width, height, id))
        };
        let svg = draw().catch(&ctx).map_err(fail)?;
        // The script takes inline style out; what still had some would be refused by the browser, so it is refused here.
        if svg.contains(" style=") || svg.contains("<script") || svg.contains("<style") {
            return Err(fail("the drawing has inline style or script"));
        }
        Ok(svg)
    })
}
