module newel.dev/e2e/nodebridge

go 1.26.0
