# Hostwise. `make run` prepares the machine, builds the app and opens it.
# `make help` lists the rest.

GO      ?= go
# Without no_emoji Fyne parses its 4 MB of emoji again for every style of text;
# the system's own emoji serve where a name holds one.
TAGS    := migrated_fynedo,no_emoji
VERSION  = $(shell sh scripts/version.sh)
LDFLAGS  = -s -w -X main.version=$(VERSION)

# Everything but the window itself builds without cgo. Checks and tests all
# run so, and share one set of compiled packages.
PURE := CGO_ENABLED=0 $(GO)

.DEFAULT_GOAL := help
.PHONY: help run build packages test race e2e bench lint screenshots accuracy dist clean

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## install what is missing, build, and open the app
	@sh scripts/open.sh

# Without -trimpath, so that the packages compiled for the tests serve here
# too; `make dist` has it. The version is ours, so go need not ask git, which
# refuses where the folder is somebody else's.
build: packages ## build bin/hostwise
	CGO_ENABLED=1 $(GO) build -buildvcs=false -tags $(TAGS) -ldflags '$(LDFLAGS)' -o bin/hostwise .

packages:
	@sh scripts/system-packages.sh build
	@sh scripts/need-go.sh

test: ## vet and test every package; needs no display, compiler or network
	@sh scripts/need-go.sh
	$(PURE) vet ./...
	$(PURE) test ./...

race: packages ## test every package under the race detector
	CGO_ENABLED=1 $(GO) test -race -tags ci ./...

lint: ## gofmt, go vet and staticcheck
	@sh scripts/need-go.sh
	@GO='$(GO)' sh scripts/lint.sh

e2e: e2e-packages build ## drive the real window on a display without a screen
	$(PURE) test -count=1 -tags e2e ./e2e/...

screenshots: e2e-packages build ## take docs/screenshots again
	$(PURE) test -count=1 -tags e2e,screenshots -run '^TestScreenshots$$' ./e2e/...

.PHONY: figures
figures: ## make docs/figures and docs/deck again
	@sh scripts/need-go.sh
	@GO='$(GO)' sh scripts/figures.sh

.PHONY: screenshots-all
screenshots-all: e2e-packages build ## take every page and tab in both themes at three sizes, into dist/screenshots
	HOSTWISE_SCREENSHOTS="$(CURDIR)/dist/screenshots" $(PURE) test -count=1 -timeout 60m -tags e2e,screenshots -run '^TestEveryScreenshot$$' ./e2e/...

.PHONY: e2e-packages
e2e-packages:
	@sh scripts/system-packages.sh e2e

bench: ## run every benchmark
	$(PURE) test -run '^$$' -bench . -benchmem ./...

.PHONY: latency memory
latency: e2e-packages build ## measure keys to pictures and page switches in the real window, with 10,000 cases
	$(PURE) test -count=1 -timeout 30m -tags e2e -run '^$$' -bench 'TypedAnswer|Slider|UndoOnResults|PageSwitch' -benchtime 200x ./e2e

memory: e2e-packages build ## measure the window's memory over twenty minutes of use
	$(PURE) test -count=1 -timeout 60m -tags e2e -run '^$$' -bench '^BenchmarkMemory$$' -benchtime 20m ./e2e

accuracy: ## print estimate beside measurement for every run in the catalogue
	$(PURE) run ./internal/accuracy

dist: packages ## package the app for this system into dist/
	@GO='$(GO)' sh scripts/dist.sh

clean: ## remove what was built
	rm -rf bin dist
