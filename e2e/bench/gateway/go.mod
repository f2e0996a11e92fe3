module newel.dev/e2e/bench/gateway

go 1.24
