# Makes .venv from requirements.lock, then hands over to Invoke: the tasks are in tasks.py.
#   make serve      the site on http://127.0.0.1:8000, rebuilt at each change
#   make test       all the tests
#   make            the list of all tasks
# Options of a task go through ARGS: make build ARGS="--output /srv/site --publish"
# Needs: make, git, Python 3.11 or newer with its venv module (Debian: python3 python3-venv).

PYTHON ?= python3
ARGS ?=
TASKS := new import check next package build serve test lint bench deploy rollback announce audience views report signing-key emergency addresses resume conformity shots lighthouse

VENV := .venv
VENV_PYTHON := $(VENV)/bin/python
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install clean $(TASKS)

help: $(STAMP)
	@$(VENV_PYTHON) -m invoke --list

$(TASKS): $(STAMP)
	@$(VENV_PYTHON) -m invoke $@ $(ARGS)

install: $(STAMP)

clean:
	rm -rf $(VENV)

$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Python 3.11 or newer is needed: install it (Debian 12 or newer: apt install python3 python3-venv)' \
	    'or name it: make PYTHON=python3.12' >&2; exit 1; }
	@if uv --version >/dev/null 2>&1; then \
	  echo 'Making $(VENV) with uv' && \
	  rm -rf $(VENV) && \
	  uv venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV) && \
	  uv pip sync --quiet --require-hashes --python $(VENV_PYTHON) requirements.lock; \
	elif $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo 'Making $(VENV) with pip, this takes a minute' && \
	  $(PYTHON) -m venv --clear $(VENV) && \
	  $(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	else \
	  echo 'The venv module of Python is missing: install it (Debian: apt install python3-venv)' >&2; exit 1; \
	fi
	@touch $@
