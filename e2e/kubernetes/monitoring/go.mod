module newel.dev/e2e/monitoring

go 1.24.0

require github.com/prometheus-operator/prometheus-operator v0.86.1
