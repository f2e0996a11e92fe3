{{/* One operator per cluster: cluster-wide names do not carry the release's. */}}
{{- define "newel.name" -}}newel-operator{{- end }}

{{- define "newel.selector" -}}
{{/* The filters let this label in the operator's namespace reach their admin port (ModelChildren.java). */ -}}
app.kubernetes.io/name: {{ include "newel.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "newel.labels" -}}
{{ include "newel.selector" . }}
app.kubernetes.io/part-of: newel
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* repository:tag of an image value */}}
{{- define "newel.image" -}}
{{ .image.repository }}:{{ .image.tag | default .chart.AppVersion }}
{{- end }}

{{- define "newel.claim" -}}
{{ .Values.audit.volume.existingClaim | default "newel-operator-audit" }}
{{- end }}

{{/* Labels of what a hook makes: not those of the operator, whose Service and network policy must not select it. */}}
{{- define "newel.hookLabels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: newel
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{/* A container as pod security `restricted` wants it; for hooks, which run the operator's image. */}}
{{- define "newel.hookSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "newel.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "newel.egress.api" -}}
- ports:
  {{- range .Values.networkPolicy.apiServerPorts }}
  - {port: {{ . }}, protocol: TCP}
  {{- end }}
  {{- with .Values.networkPolicy.apiServerCidrs }}
  to:
  {{- range . }}
  - ipBlock:
      cidr: {{ . }}
  {{- end }}
  {{- end }}
{{- end }}

{{- define "newel.egress.dns" -}}
- to:
  - namespaceSelector:
      matchLabels:
        kubernetes.io/metadata.name: kube-system
  ports:
  - {port: 53, protocol: UDP}
  - {port: 53, protocol: TCP}
{{- end }}

{{/* What the schema cannot say in words a person can act on. */}}
{{- define "newel.check" -}}
{{- $volume := .Values.audit.volume -}}
{{- if and (eq $volume.type "PersistentVolumeClaim") (gt (int .Values.replicas) 1) -}}
{{- fail (printf "replicas is %d with audit.volume.type PersistentVolumeClaim; one process at a time writes to that volume: set replicas to 1, or audit.volume.type to EmptyDir" (int .Values.replicas)) -}}
{{- end -}}
{{- if and (ne $volume.type "PersistentVolumeClaim") (or $volume.existingClaim $volume.storageClassName) -}}
{{- fail (printf "audit.volume.existingClaim or storageClassName is set with audit.volume.type %s; set the type to PersistentVolumeClaim, or leave them empty" $volume.type) -}}
{{- end -}}
{{- if and .Values.priorityClass.create .Values.priorityClassName -}}
{{- fail (printf "priorityClassName is %s with priorityClass.create true; leave one of them out" .Values.priorityClassName) -}}
{{- end -}}
{{- range $monitor := list "serviceMonitor" "podMonitor" -}}
{{- if and (index $.Values.metrics $monitor).enabled (not $.Values.metrics.scraperNamespace) -}}
{{- fail (printf "metrics.%s.enabled is true and metrics.scraperNamespace is empty; network policies would keep Prometheus out: set it to the namespace that Prometheus runs in" $monitor) -}}
{{- end -}}
{{- end -}}
{{- end }}
