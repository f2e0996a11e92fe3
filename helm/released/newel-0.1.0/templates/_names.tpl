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

{{/* What the schema cannot say in words a person can act on. */}}
{{- define "newel.check" -}}
{{- $volume := .Values.audit.volume -}}
{{- if and (eq $volume.type "PersistentVolumeClaim") (gt (int .Values.replicas) 1) -}}
{{- fail (printf "replicas is %d with audit.volume.type PersistentVolumeClaim; one process at a time writes to that volume: set replicas to 1, or audit.volume.type to EmptyDir" (int .Values.replicas)) -}}
{{- end -}}
{{- if and (ne $volume.type "PersistentVolumeClaim") (or $volume.existingClaim $volume.storageClassName) -}}
{{- fail (printf "audit.volume.existingClaim or storageClassName is set with audit.volume.type %s; set the type to PersistentVolumeClaim, or leave them empty" $volume.type) -}}
{{- end -}}
{{- end }}
