"""Runs the code generators and validators of other languages over the exported JSON Schemas."""
