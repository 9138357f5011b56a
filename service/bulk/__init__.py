"""Many articles, one record each, through `summary`: files, tables, clusters; never the web, which uses `records`."""
