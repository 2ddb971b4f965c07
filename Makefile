# Two commands: `make run` opens the portal on http://127.0.0.1:3000, `make test` checks everything.
# Both set up what they need first (.ci/setup). `make watch` is for daily work and needs cargo-leptos.
SHELL := /bin/bash
.PHONY: run test watch

run:
	@.ci/setup run && .ci/build && . .ci/env && exec "$$CARGO_TARGET_DIR/debug/lacuna" serve --training-if-empty

test:
	@.ci/test

watch:
	@.ci/watch
