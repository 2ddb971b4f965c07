# Two commands: `make run` opens the portal on http://127.0.0.1:3000, `make test` checks everything.
# Both set up what they need first (.ci/setup). `make watch` is for daily work and needs cargo-leptos; compressed copies, which
# it does not make anew, would be served in place of what it builds.
SHELL := /bin/bash
.PHONY: run test watch

run:
	@.ci/setup run && .ci/build && . .ci/env && exec "$$CARGO_TARGET_DIR/debug/lacuna" serve --training-if-empty

test:
	@.ci/test

watch:
	@.ci/setup run && .ci/build site && . .ci/env && rm -f "$$SITE_DIR"/pkg/*.br && LEPTOS_SITE_ROOT="$$SITE_DIR" exec cargo leptos watch -- serve --training-if-empty
