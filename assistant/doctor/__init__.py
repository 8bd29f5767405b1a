"""The whole set-up checked: each module looks at one part of it and tells its findings."""
