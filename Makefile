# make demo   everything to see the sample site, from a fresh machine
# make test   everything CI checks
SHELL := /bin/bash
GO    ?= go
export CGO_ENABLED := 0
BIN   := bin/gongbao
PORT  ?= 8080
BENCHSTAT := golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: demo build test fmt vet staticcheck unit race measure html browser twice fuzz bench font chromium cgo pdf xml axe release clean

build: $(BIN)

$(BIN): $(shell find cmd internal layouts -type f) go.mod
	$(GO) build -trimpath -o $(BIN) ./cmd/gongbao

demo: font build
	$(BIN) build
	$(BIN) serve --port $(PORT)

test: fmt vet staticcheck race measure html browser twice
	@echo "all checks passed"

fmt:
	@bad=$$(gofmt -l cmd internal layouts); if [ -n "$$bad" ]; then echo "not formatted:"; echo "$$bad"; exit 1; fi

vet:
	$(GO) vet ./...

staticcheck:
	$(GO) run $(STATICCHECK) ./...

# The race detector needs cgo; the program itself is pure Go.
race: cgo font pdf xml
	CGO_ENABLED=1 $(GO) test -race -timeout 20m ./...

unit:
	$(GO) test ./...

# What is skipped under the race detector, or does less there.
measure: font
	$(GO) test -run "^Test(Scripts|Search|Print|Akoma|Data|Bulk|Mirror|Articles|Delivered)" ./cmd/gongbao
	$(GO) test -run "^TestChangeLog" ./internal/build
	$(GO) test ./internal/deploy ./internal/bundle

# Every page of the sample by html-validate.
html: font
	@.ci/need html
	$(GO) test -run ValidHTML -count=1 ./cmd/gongbao

browser: chromium axe pdf
	GONGBAO_BROWSER=1 $(GO) test -run Browser -count=1 ./internal/serve ./internal/render/synopsis ./cmd/gongbao

# Two builds of the sample, on one core and on all, must be the same bytes.
twice: build font
	@rm -rf bin/one bin/all
	GOMAXPROCS=1 $(BIN) build -q --no-cache --as-of 2026-11-23 --output bin/one
	$(BIN) build -q --no-cache --as-of 2026-11-23 --output bin/all
	diff -r bin/one bin/all
	@rm -rf bin/one bin/all .gongbao/manifest-*

fuzz:
	@for p in $$($(GO) list ./...); do for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
		echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime 60s $$p || exit 1; done; done

# Builds and saves of generated gazettes, as a table beside the last one. Other sizes: GONGBAO_BENCH=1000,35000,100000.
# What every package measures: go test -bench . ./...
bench: font
	@mkdir -p bin; [ ! -f bin/bench.txt ] || mv bin/bench.txt bin/bench-last.txt
	$(GO) test -run "^$$" -bench "^Benchmark(Scale|Save|Peers)$$" -benchtime 3x -timeout 3h ./cmd/gongbao ./internal/serve | tee bin/bench.txt
	$(GO) test -run "^$$" -bench "^BenchmarkResolve$$/^documents=/^resolve" -benchtime 1s -timeout 1h ./internal/build | tee -a bin/bench.txt
	@last=; [ ! -f bin/bench-last.txt ] || last=bin/bench-last.txt; $(GO) run $(BENCHSTAT) $$last bin/bench.txt

# The archives of a release for all systems, with lists of sums, in bin/release.
release:
	@GO=$(GO) .ci/release

cgo:
	@.ci/need cgo

font:
	@.ci/need font

chromium:
	@.ci/need chromium

pdf:
	@.ci/need pdf

xml:
	@.ci/need xml

axe:
	@.ci/need axe

clean:
	rm -rf bin .gongbao public/*
