"""Pictures of a figure's table: one scene, rendered for pages, files and scripts."""
