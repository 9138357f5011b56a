"""Files of many articles, through `summary`; never the web. Reading and writing files stays with the command line."""
