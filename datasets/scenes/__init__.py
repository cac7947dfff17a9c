"""Pictures of a figure's table: one scene, drawn for pages, files and scripts."""
