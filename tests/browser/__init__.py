"""The site in a real browser: what `./run` starts, opened in Chromium with its own rules of content in force."""
