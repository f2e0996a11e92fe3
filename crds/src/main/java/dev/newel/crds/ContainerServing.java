package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.DeepMerge;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/**
 * A model in a pod of its own. The template is passed through untouched; the schema names only what
 * could lead around the filter.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.port != 8080 && self.port != 8081",
    messageExpression =
        "'port is ' + (self.port == 8080 ? '8080' : '8081') + ', and the filter listens on 8080 and"
            + " 8081 in the same pod; let the model listen elsewhere, on 8000 for example'")
@SchemaCustomizer(
    value = DeepMerge.class,
    input =
        """
        properties:
          template:
            type: object
            additionalProperties: null
            x-kubernetes-preserve-unknown-fields: true
            properties:
              metadata:
                type: object
                description: "Labels and annotations of the pods. Example: {labels: {app: support}}"
                x-kubernetes-preserve-unknown-fields: true
                properties:
                  labels:
                    type: object
                    additionalProperties: {type: string}
                    description: "Labels of the pods; Newel adds its own. Example: {app: support}"
                  annotations:
                    type: object
                    additionalProperties: {type: string}
                    description: "Annotations of the pods. Example: {team: support}"
              spec:
                type: object
                description: "The pod, as in a Deployment. Example: {containers: [{name: model, image: vllm}]}"
                x-kubernetes-preserve-unknown-fields: true
                properties:
                  hostNetwork: {type: boolean, description: "Must not be true: network policies do not hold there. Example: false"}
                  hostPID: {type: boolean, description: "Must not be true: the model could reach into the filter. Example: false"}
                  shareProcessNamespace: {type: boolean, description: "Must not be true: the model could reach into the filter. Example: false"}
                  containers:
                    type: array
                    maxItems: 32
                    description: "The model and its helpers, 1 to 32. Example: [{name: model, image: vllm}]"
                    items: &container
                      type: object
                      x-kubernetes-preserve-unknown-fields: true
                      properties:
                        name: {type: string, maxLength: 63, description: "Name of the container; newel-filter is taken. Example: model"}
                        volumeMounts:
                          type: array
                          maxItems: 64
                          description: "Volumes that the container sees; the filter's own are not to be had. Example: [{name: weights, mountPath: /models}]"
                          items: &volume
                            type: object
                            x-kubernetes-preserve-unknown-fields: true
                            properties:
                              name: {type: string, maxLength: 63, description: "Name of the volume; newel- at the beginning is taken. Example: weights"}
                  initContainers:
                    type: array
                    maxItems: 32
                    description: "Containers that run before the model, after the filter has started, at most 32. Example: [{name: fetch-weights, image: fetcher}]"
                    items: *container
                  volumes:
                    type: array
                    maxItems: 64
                    description: "Volumes of the pod; Newel adds the filter's. Example: [{name: weights, emptyDir: {}}]"
                    items: *volume
            x-kubernetes-validations:
            - rule: has(self.spec) && has(self.spec.containers) && self.spec.containers.size() > 0
              message: template has no container; add the model's container under template.spec.containers
            - rule: "!has(self.spec) || !has(self.spec.hostNetwork) || !self.spec.hostNetwork"
              message: template.spec.hostNetwork is true; network policies do not hold there and the model could be reached past its filter; remove it
            - rule: "!has(self.spec) || !has(self.spec.hostPID) || !self.spec.hostPID"
              message: template.spec.hostPID is true; the model could reach into the filter's process; remove it
            - rule: "!has(self.spec) || !has(self.spec.shareProcessNamespace) || !self.spec.shareProcessNamespace"
              message: template.spec.shareProcessNamespace is true; the model could reach into the filter's process; remove it
            - rule: "!has(self.spec) || !has(self.spec.volumes) || self.spec.volumes.all(v, !has(v.name) || !v.name.startsWith('newel-'))"
              message: a volume has a name that begins with newel-; those are the filter's, choose another
            - rule: "!has(self.spec) || !has(self.spec.containers) || self.spec.containers.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, !has(m.name) || !m.name.startsWith('newel-')))"
              message: a container mounts a volume whose name begins with newel-; those hold the filter's policy and audit records, remove the mount
            - rule: "!has(self.spec) || !has(self.spec.initContainers) || self.spec.initContainers.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, !has(m.name) || !m.name.startsWith('newel-')))"
              message: an init container mounts a volume whose name begins with newel-; those hold the filter's policy and audit records, remove the mount
            - rule: "!has(self.spec) || !has(self.spec.containers) || self.spec.containers.all(c, !has(c.name) || c.name != 'newel-filter')"
              message: a container is named newel-filter; that name is the filter's, choose another
            - rule: "!has(self.spec) || !has(self.spec.initContainers) || self.spec.initContainers.all(c, !has(c.name) || c.name != 'newel-filter')"
              message: an init container is named newel-filter; that name is the filter's, choose another
        """)
public record ContainerServing(
    @JsonPropertyDescription("How many pods, 0 to 1000. Example: 2")
        @Default("1")
        @Min(0)
        @Max(1000)
        Integer replicas,
    @JsonPropertyDescription(
            "Where the model listens, 1024 to 65535; reachable only from inside its pod. Example:"
                + " 8000")
        @Default("8000")
        @Min(1024)
        @Max(65535)
        Integer port,
    @JsonPropertyDescription(
            "A PodTemplateSpec, passed through untouched. Example: {spec: {containers: [{name: model,"
                + " image: vllm}]}}")
        @Required
        Map<String, Object> template) {}
