"""The engine that checks numbers: pure, importable without Django being set up."""
