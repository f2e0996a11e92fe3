module newel.dev/e2e/mkimg

go 1.26.0
