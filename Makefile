# Two commands: `make run` and `make test`. Needs python3 (3.11 or later), pip and make.
#   make run                    the demonstration register on http://127.0.0.1:8000
#   make run REGISTER=un        the real register, in a file of its own
#   make run PORT=9000 DATABASE_URL=postgres://user@host/name

# An installed uv is used; otherwise the pinned one is put into .tools/.
UV ?= $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
export UV_PYTHON_DOWNLOADS = never
export UV_PYTHON_PREFERENCE = only-system

PYTHON = .venv/bin/python
# --inexact: what one target installed, the next one does not remove.
SYNC = $(UV) sync --locked --inexact --quiet
# Programs that tests start would each compile all that they import, were it not kept once.
PYTEST = PYTHONDONTWRITEBYTECODE= $(PYTHON) -m pytest
# A process for each processor, each with a database of its own; who is done takes from the others.
TEST = $(PYTEST) -n auto --dist worksteal -m "$(ONLY)"
CASES ?= 10000
SEED ?= 2322
# More of the same: make test THOROUGH=1. The long grids take an hour: make test ONLY=exhaustive
ONLY ?= not exhaustive
export THOROUGH

.PHONY: run serve test bite setup lint format e2e checkers messages screenshots clean help

help: ## this list
	@grep -E '^[a-z0-9]+:.*## ' Makefile | sed 's/:.*## /	/'

run: .venv/.run ## set up, load the register, serve it
	@$(PYTHON) manage.py start

serve: .venv/.run ## serve it to many, as production does (docs/serving.md); needs SECRET_KEY and ALLOWED_HOSTS
	@ENVIRONMENT=production $(PYTHON) manage.py serve

test: .venv/.dev ## every test that this machine can run
	$(TEST)

setup: .venv/.dev .venv/.lint ## the environment of a contributor, without starting anything

lint: .venv/.lint ## style of the code
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

format: .venv/.lint ## put the code into shape
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bite: .venv/.dev ## switch off each guard in turn; the tests must notice every time
	$(PYTHON) -m tests.bite

e2e: .venv/.dev .venv/.e2e ## the browser tests; needs Chromium
	REQUIRE_BROWSER=1 $(TEST) tests/journeys

checkers: .venv/.dev .venv/.checkers ## what other programs make of the exports
	REQUIRE_CHECKERS=1 $(PYTEST) tests/exports

fuzz: .venv/.dev .venv/.fuzz ## CASES=10000 requests of all kinds to the API, by three people
	$(PYTHON) -m tests.api.fuzz --cases $(CASES) --seed $(SEED)

messages: .venv/.dev ## the texts to translate, from code and templates, and what is compiled of them (gettext)
	$(PYTHON) manage.py makemessages -v 0 --locale fr --locale ar --add-location file --no-wrap \
	    --ignore '.*' --ignore tests --ignore bench
	$(PYTHON) manage.py compilemessages -v 0 --ignore '.*'

screenshots: .venv/.dev .venv/.e2e ## the pictures of the README
	$(PYTHON) -m tests.journeys.screenshots

clean: ## remove what was installed; the registers in var/ stay
	rm -rf .venv .tools staticfiles

.tools/bin/uv: requirements-bootstrap.txt
	@echo "Fetching the installer …"
	@rm -rf .tools
	@PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check \
	    --target .tools --only-binary :all: --require-hashes -r requirements-bootstrap.txt
	@touch $@

.venv/.run: $(UV) pyproject.toml uv.lock
	@echo "Installing what the tracker needs …"
	@$(SYNC)
	@touch $@

.venv/.dev .venv/.e2e .venv/.checkers .venv/.fuzz .venv/.lint: .venv/.%: .venv/.run
	@$(SYNC) --group $*
	@touch $@
