"""HTTP -> SUMMARY -> HTTP. Thin: parse, call, render; failures become HTTP in one table, `problems.PROBLEMS`."""
