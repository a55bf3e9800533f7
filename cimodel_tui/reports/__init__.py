"""Reports for people who will not open the tool: Markdown, HTML, CSV and JSON from one prepared summary."""
