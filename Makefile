# What can be done here. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
RUN_STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev
TRAIN_BIN := .venv-train/bin
TRAIN_STAMP := .venv-train/.installed
MODELS := analysis/models

.PHONY: help run test chaos check bench train evaluate clean

help:  ## list what can be done here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1\t/' | expand -t 18

run: $(RUN_STAMP)  ## start the service on this computer, with an invented council to try it on
	@$(BIN)/flask serve

test: $(DEV_STAMP)  ## run the whole test suite
	@$(BIN)/pytest -n 2

chaos: $(DEV_STAMP)  ## two thousand conversations while providers fail and workers are killed
	@CHAOS_CONVERSATIONS=2000 $(BIN)/pytest -q tests/journeys/chaos

check: $(DEV_STAMP)  ## style, types, import fences and survey definitions
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/flask surveys check

bench: $(DEV_STAMP)  ## measure the conversation core, the outbox, the planner, coverage, tagging, and the webhook against a floor program, in one run
	@$(BIN)/python -m bench

train: $(TRAIN_STAMP)  ## train the models anew, from the invented corpus, ../shared/data and var/corrections.csv where they are there
	@mkdir -p var
	@$(TRAIN_BIN)/python -m analysis.training.train_lite $(MODELS)/lite.npz
	@$(TRAIN_BIN)/python -m analysis.training.train_encoder var/encoder.pt
	@$(TRAIN_BIN)/python -m analysis.training.export_encoder var/encoder.pt $(MODELS)/encoder.onnx

evaluate: $(DEV_STAMP)  ## measure the analysis on text that nothing was trained on, and write docs/analysis.md's figures
	@$(BIN)/python -m analysis.training.evaluate

clean:  ## remove the environment and what the tools left behind; the database stays
	rm -rf .venv .venv-train .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@if [ -e var ]; then echo "var/ stays: it may hold what people have answered. To begin afresh: rm -r var"; fi

$(RUN_STAMP): requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(TRAIN_STAMP): requirements-train.txt
	@test -x $(TRAIN_BIN)/python || $(PYTHON) -m venv .venv-train
	@$(TRAIN_BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-train.txt
	@touch $@
