"""Runs the tests of a plugin for the workbench."""
