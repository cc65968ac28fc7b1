# One command each; `make help` lists them. What set-up does stands in .ci/setup.

.DEFAULT_GOAL := help
.PHONY: help setup serve test format bench check deployment clean

BIN := .venv/bin
export PYTHON TORCH_INDEX

# $(call step,NAME,COMMAND): name the step, run it, and say which one stopped us.
define step
@printf '\n== %s: %s\n' '$(1)' '$(2)'; \
$(2) || { printf '\n== make $@ stopped at: %s\n' '$(1)' >&2; exit 1; }
endef

help: ## list the commands
	@printf 'TensorJudge: a judge for PyTorch exercises.\n\n'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18
	@printf '\n'; printf '%s\n' \
	  'PYTHON=python3.12 makes .venv with that Python, where there is no .venv yet.' \
	  'TORCH_INDEX="ARGUMENTS" are further arguments for pip where it installs torch. Where it would' \
	  'fetch a CUDA build of several GB, a CPU build does too: --index-url and the CPU wheel index' \
	  "named on pytorch.org's install page."

setup: ## set up what is missing: system packages, .venv, the judge command
	@sh .ci/setup

serve: setup ## the whole service on this machine: site, worker, database; Ctrl-C ends it
	@exec $(BIN)/judge serve

test: ## every check: format, lint, types, contracts, tests
	@sh .ci/setup test
	$(call step,format,$(BIN)/ruff format --check .)
	$(call step,lint,$(BIN)/ruff check .)
	$(call step,types,$(BIN)/mypy)
	$(call step,contracts,$(BIN)/lint-imports --no-logo)
	$(call step,tests,$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal)

format: setup ## put the code into its format, and mend what lint can mend
	$(call step,lint,$(BIN)/ruff check --fix .)
	$(call step,format,$(BIN)/ruff format .)

check: setup ## verify every problem on 20 seeds: reference, known mistakes, mutants
	$(call step,course,$(BIN)/judge course)
	$(call step,problems,$(BIN)/judge check --mutants --seeds 20)

bench: setup ## measure the judge on this machine
	$(call step,figures,$(BIN)/judge bench)

deployment: setup ## build the images, bring the stack up on a Docker engine, use it and break it
	$(call step,site,docker build -q -f web/Dockerfile -t tensorjudge-site $(BUILD) .)
	$(call step,worker,docker build -q -f worker/Dockerfile -t tensorjudge-worker \
	  --build-arg TORCH_INDEX="$(TORCH_INDEX)" $(BUILD) .)
	$(call step,stack,JUDGE_TRY_DEPLOYMENT=1 $(BIN)/pytest tests/deployment)

clean: ## remove what tests and builds leave behind; .venv stays
	rm -rf build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find judge worker web tests migrations -type d -name __pycache__ -prune -exec rm -rf {} +
