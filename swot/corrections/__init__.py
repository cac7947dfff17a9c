"""Readers' reports and public corrections."""
