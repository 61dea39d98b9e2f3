# `make demo`: try it. `make test`: all checks. Both make .venv first; see CONTRIBUTING.md for the rest.
PYTHON ?= python3
PY := .venv/bin/python
# Debian's Python may lack ensurepip, so pip works on the environment from outside.
PIP := $(PYTHON) -m pip --disable-pip-version-check --python $(PY)

.PHONY: install install-postgres dev demo run test test-postgres test-browser test-office test-storm bench lint migration catalogues pictures lock

# Compiled here: who runs Kring may have no right to write beside it, and would compile it at each start.
install: .venv/installed
	@$(PY) -m compileall -q bot handlers migrations
dev: .venv/installed-dev

$(PY):
	$(PYTHON) -m venv --without-pip .venv

.venv/installed: requirements.lock | $(PY)
	$(PIP) install --quiet --require-hashes --no-deps -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed | $(PY)
	$(PIP) install --quiet --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

# Beside it, the driver for a DATABASE_URL that begins with postgresql://
install-postgres: install
	$(PIP) install --quiet --require-hashes --no-deps -r requirements-postgres.lock

demo: install
	$(PY) -m bot demo

run: install
	$(PY) -m bot run

lint: dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

test: lint
	.venv/bin/pytest -m "not browser and not storm and not office" -n auto

# Every test on PostgreSQL alone; `make test` runs the most telling ones on both.
test-postgres: dev
	.venv/bin/pytest -m "not browser and not storm and not office" -n auto --database=postgres tests/contract tests/e2e tests/stateful tests/storm

test-office: dev
	.venv/bin/pytest -m office

test-browser: dev
	.venv/bin/pytest -m browser

# Prints the storm's figures and its seed; STORM_SEED=… repeats one.
test-storm: dev
	.venv/bin/pytest -m storm -s

# Prints what things cost on this machine; docs/figures.md has what it printed on ours.
bench: dev
	$(PY) -m tests.bench $(BENCH)

# Writes the next migration, from what bot/storage/schema.py declares: make migration MESSAGE="what changes"
migration: dev
	$(if $(MESSAGE),,$(error Say what changes: make migration MESSAGE="A club has a motto"))
	$(PY) -m migrations.new "$(MESSAGE)"
	.venv/bin/ruff check --quiet --fix migrations/versions
	.venv/bin/ruff format --quiet migrations/versions

# Brings the catalogues in bot/texts/locales in step with what the code says.
catalogues: dev
	$(PY) -m tests.support.catalogues

# Draws the pictures in docs anew; look at them before they are committed.
pictures: dev
	$(PY) -m tests.support.pictures

# Renews the locks: hashes, no addresses.
LOCK := .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet
lock: | $(PY)
	$(PIP) install --quiet uv==0.13.9
	$(LOCK) $(UPGRADE) -o requirements.lock
	$(LOCK) $(UPGRADE) --extra postgres -o requirements-postgres.lock
	$(LOCK) $(UPGRADE) --extra postgres --extra dev -o requirements-dev.lock
