package dev.newel.e2e.scenarios;

import dev.newel.audit.Trail;
import dev.newel.audit.verify.Finding;
import dev.newel.audit.verify.Verdict;
import dev.newel.crds.ClusterGuardrailPolicy;
import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.scenarios.SupportTeam.Reply;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What Newel is for, in fifteen steps. Each is checked: one that does not hold ends the demo. */
final class Story {
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();
  private static final String REFUND =
      "Refund 42.50 EUR to IBAN DE89 3704 0044 0532 0130 00; it was paid with card 4111 1111 1111"
          + " 1111, order 7731.";
  private static final String LEAK =
      "Why does our upload fail? The key is AKIAZ7QW3ERTY5UIOP2A and the bucket bike-photos.";
  private static final String MAIL =
      "{\"from\":\"J. Petit\",\"text\":\"My new card is 5555 5555 5555 4444, please use it for"
          + " order 7731.\"}";
  private static final String AURORA =
      "Write a teaser for the launch of Project Aurora, our new electric bike.";

  /** The same words as people write them who know that a filter reads along. */
  private static final List<String> DISGUISED =
      List.of(
          "Teaser for Pr\u043eject \u0410ur\u043era", // Cyrillic letters
          "Teaser for P-r-o-j-e-c-t A-u-r-o-r-a",
          "Teaser for pr0j3ct 4ur0ra",
          "Teaser for UHJvamVjdCBBdXJvcmE="); // base64

  private final Live live;
  private final SupportTeam team;
  private final Transcript out;
  private final Path audit;
  private final List<List<String>> trails = new ArrayList<>();

  Story(Live live, Transcript out, Path audit) {
    this.live = live;
    this.team = new SupportTeam(live);
    this.out = out;
    this.audit = audit;
  }

  void tell() {
    baseline();
    refusedWithoutPolicy();
    selected();
    maskedOnTheWayIn();
    maskedInAToolResult();
    maskedInTheStream();
    blocked();
    tightened();
    cannotLoosen();
    repaired();
    enforcedWithoutOperator();
    new BreakGlassChapter(live, out).tell();
    recorded();
    sealed();
  }

  private void baseline() {
    long began = System.nanoTime();
    check(live.operators().size() == 1, "one operator runs");
    var policy =
        Await.until(
            "the baseline to be accepted",
            Live.SOON,
            () ->
                live.client
                    .resources(ClusterGuardrailPolicy.class)
                    .withName("newel-baseline")
                    .get(),
            p -> p != null && p.getStatus() != null && p.getStatus().rules() != null);
    out.done(
        "Newel is installed. ClusterGuardrailPolicy/newel-baseline: "
            + policy.getSpec().rules().stream().map(r -> r.name()).collect(Collectors.joining(", "))
            + ", for namespaces with guardrails=baseline.",
        began);
  }

  private void refusedWithoutPolicy() {
    long began = System.nanoTime();
    live.apply("team.yaml");
    ModelDeployment model = live.model(SupportTeam.NAMESPACE, SupportTeam.MODEL, "Ready", "False");
    check(reason(model, "Ready").equals("NoPolicy"), "Ready says NoPolicy: " + model.getStatus());
    Await.until("the model's pods", Live.SOON, team::modelPods, p -> p.size() == 2);
    Await.until(
        "the front end",
        Live.SOON,
        () -> live.pods(SupportTeam.NAMESPACE, java.util.Map.of("role", "frontend")),
        p -> p.size() == 1);
    Pod pod = team.modelPods().getFirst();
    Reply direct =
        Await.until(
            "the filter to answer",
            Live.SOON,
            () ->
                team.post(
                    "http://" + pod.getStatus().getPodIP() + ":8080/v1/chat/completions",
                    SupportTeam.chat(REFUND, false)),
            r -> r.status() == 503);
    check(direct.json().at("/error/code").asText().equals("no_bundle"), direct.body());
    check(team.received().isEmpty(), "the model saw nothing");
    out.done(
        "A model that no policy selects runs, and answers nobody: Ready=False, NoPolicy; HTTP 503.",
        began);
  }

  private void selected() {
    live.client
        .namespaces()
        .withName(SupportTeam.NAMESPACE)
        .patch(MERGE, "{\"metadata\":{\"labels\":{\"guardrails\":\"baseline\"}}}");
    long began = System.nanoTime();
    ModelDeployment model = live.model(SupportTeam.NAMESPACE, SupportTeam.MODEL, "Ready", "True");
    out.done(
        "The namespace is labelled, the baseline selects the model: Ready, revision %s on %s pods."
            .formatted(model.getStatus().policy().revision(), model.getStatus().pods().summary()),
        began);
  }

  private void maskedOnTheWayIn() {
    long began = System.nanoTime();
    Reply reply = answered(REFUND);
    List<String> received = team.received();
    check(received.size() == 1, "one request reached the model: " + received);
    String seen = received.getFirst();
    check(!seen.contains("4111") && !seen.contains("3704"), seen);
    check(seen.contains("Refund 42.50 EUR") && seen.contains("order 7731"), seen);
    check(reply.status() == 200, reply.body());
    out.done("A request with an account and a card number reaches the model masked.", began);
    out.shown("sent", REFUND);
    out.shown("received", seen);
  }

  private void maskedInAToolResult() {
    long began = System.nanoTime();
    team.received();
    Reply reply = team.askWithToolResult("What does the newest mail say?", MAIL);
    List<String> received = team.received();
    check(reply.status() == 200, reply.body());
    check(received.size() == 1 && !received.getFirst().contains("4444"), "" + received);
    out.done("What a tool returns is judged, too: the card number in a mail is masked.", began);
    out.shown("tool result", received.getFirst());
  }

  private void maskedInTheStream() {
    live.apply("support-bot.yaml");
    inForce(2);
    team.answersWith(
        "Anna takes care of it. Write to anna.kowalska@bikes-example.com, she answers today.",
        5,
        true);
    long began = System.nanoTime();
    Reply reply = team.askStreamed("Who can help me with a broken derailleur?");
    String text = StreamedText.of(reply.body());
    check(reply.status() == 200, reply.body());
    check(text.startsWith("Anna takes care of it. Write to <EMAIL>, she answers today."), text);
    check(!reply.body().contains("kowalska"), "no part of the address was sent");
    check(reply.body().contains("data: [DONE]"), "the stream ends as it should");
    out.done(
        "A streamed answer, cut every 5 bytes, with an e-mail address over many chunks: masked.",
        began);
    out.shown("answer", text);
  }

  private void blocked() {
    long began = System.nanoTime();
    team.received();
    Reply reply = team.ask(LEAK);
    check(reply.status() == 403, reply.body());
    check(reply.json().at("/error/type").asText().equals("guardrail_blocked"), reply.body());
    String id = reply.json().at("/error/request_id").asText();
    check(!id.isEmpty() && !reply.body().contains("AKIA"), reply.body());
    check(team.received().isEmpty(), "the model was not called");
    out.done("A request with a cloud key is blocked before the model is called: HTTP 403.", began);
    out.shown("prompt", LEAK);
    out.shown("error", reply.json().at("/error/message").asText() + " request_id=" + id);
  }

  private void tightened() {
    team.answersWith("Aurora: the mountain comes to you.", 8, false);
    check(answered(AURORA).status() == 200, "before, the prompt is answered");
    live.apply("tightened.yaml");
    long began = System.nanoTime();
    ModelDeployment model = inForce(2);
    double seconds = (System.nanoTime() - began) / 1e9;
    Reply after = team.ask(AURORA);
    check(after.status() == 403, after.body());
    DISGUISED.forEach(d -> check(team.ask(d).status() == 403, "blocked in disguise: " + d));
    check(after.json().at("/error/message").asText().contains("embargo"), after.body());
    out.done(
        "A policy is tightened (a word is under embargo) and in force on %s pods after %.1f s."
            .formatted(model.getStatus().pods().summary(), seconds),
        began);
    out.shown("prompt", AURORA);
    out.shown("before", "HTTP 200");
    out.shown("after", "HTTP 403 " + after.json().at("/error/message").asText());
    out.shown("disguised", "HTTP 403 for each of " + String.join(" · ", DISGUISED));
  }

  private void cannotLoosen() {
    long began = System.nanoTime();
    live.apply("loosen.yaml");
    inForce(3);
    team.received();
    check(answered(REFUND).status() == 200, "the request is answered");
    String seen = team.received().getFirst();
    check(!seen.contains("4111") && !seen.contains("3704"), seen);
    out.done(
        "A namespace policy that allows payment data joins the baseline: still masked.", began);
    out.shown("received", seen);
  }

  private void repaired() {
    long began = System.nanoTime();
    var network = live.client.network().networkPolicies().inNamespace(SupportTeam.NAMESPACE);
    String before = network.withName(SupportTeam.MODEL).require().getMetadata().getUid();
    network.withName(SupportTeam.MODEL).delete();
    live.client
        .services()
        .inNamespace(SupportTeam.NAMESPACE)
        .withName(SupportTeam.MODEL)
        .patch(MERGE, "{\"spec\":{\"ports\":[{\"port\":8080,\"targetPort\":8000}]}}");
    long changed = System.nanoTime();
    Await.until(
        "the network policy to come back",
        Live.SOON,
        () -> network.withName(SupportTeam.MODEL).get(),
        n -> n != null && !n.getMetadata().getUid().equals(before));
    Await.until(
        "the service to lead to the filter again",
        Live.SOON,
        () ->
            live.client
                .services()
                .inNamespace(SupportTeam.NAMESPACE)
                .withName(SupportTeam.MODEL)
                .require()
                .getSpec()
                .getPorts(),
        p -> p.size() == 1 && "newel-proxy".equals(p.getFirst().getTargetPort().getStrVal()));
    double seconds = (System.nanoTime() - changed) / 1e9;
    String ip = team.modelPods().getFirst().getStatus().getPodIP();
    Await.until(
        "the model's own port to be closed",
        Live.SOON,
        () -> team.post("http://" + ip + ":8000/v1/chat/completions", "{}").status(),
        s -> s == 0);
    out.done(
        "NetworkPolicy deleted, Service bent past the filter: repaired after %.1f s; port 8000 is shut."
            .formatted(seconds),
        began);
  }

  private void enforcedWithoutOperator() {
    long began = System.nanoTime();
    live.operators(0);
    team.received();
    check(team.ask(AURORA).status() == 403, "the embargo holds");
    check(answered(REFUND).status() == 200, "the model answers");
    String seen = team.received().getFirst();
    check(!seen.contains("4111") && !seen.contains("3704"), seen);
    out.done("The operator is stopped; the filters still mask and block.", began);
    live.operators(1);
  }

  private void recorded() {
    long began = System.nanoTime();
    List<String> operator = new ArrayList<>();
    for (Pod pod : live.operators()) {
      operator.addAll(export(pod, "operator", "/app/lib/main/*"));
    }
    trails.add(operator);
    List<String> filters = new ArrayList<>();
    for (Pod pod : team.modelPods()) {
      List<String> lines = export(pod, "newel-filter", "/app/lib/*");
      check(Trail.verify(lines, false).isEmpty(), "the filter's trail is whole");
      filters.addAll(lines);
      trails.add(lines);
    }
    var findings = Trail.verify(operator, false);
    check(findings.isEmpty(), "the operator's trail is whole: " + findings);
    long intents = count(operator, "\"phase\":\"intent\"");
    long outcomes = count(operator, "\"phase\":\"outcome\"");
    check(intents > 10 && intents - outcomes <= 1, intents + " intents, " + outcomes + " outcomes");
    long decided = count(filters, "guardrails.request.decided.v1");
    long blocked = count(filters, "\"action\":\"block\"");
    long masked = count(filters, "\"action\":\"mask\"");
    check(blocked >= 3 && masked >= 4, blocked + " blocked, " + masked + " masked");
    check(
        count(filters, "4111") + count(filters, "AKIA") + count(filters, "kowalska") == 0,
        "no prompt is in the trail");
    out.done(
        "All of that is recorded in hash chains that verify, without a word of any prompt.", began);
    out.shown(
        "operator",
        "%d events: %d changes intended, %d settled".formatted(operator.size(), intents, outcomes));
    out.shown(
        "filters",
        "%d events: %d requests decided, %d decisions to block, %d to mask"
            .formatted(filters.size(), decided, blocked, masked));
  }

  private void sealed() {
    long began = System.nanoTime();
    SealedTrail trail = SealedTrail.seal(trails, audit);
    Verdict verdict = trail.verify();
    check(verdict.sound(), "the sealed trail verifies: " + verdict.findings());
    Verdict altered = trail.verifyWithAnAlteredByte(7);
    check(!altered.sound(), "an altered byte is noticed");
    Finding named = altered.findings().getFirst();
    check(named.where().equals("index 7"), "the altered event is named: " + altered.findings());
    out.done(
        "It is sealed into one signed log for the auditor; one byte of a copy is altered.", began);
    out.shown(
        "sealed",
        "SOUND: %d events of %d producers".formatted(verdict.events(), verdict.producers()));
    out.shown(
        "altered",
        "NOT SOUND: %s %s: %s: %s"
            .formatted(named.check(), named.check().title(), named.where(), named.message()));
    out.shown(
        "yourself",
        "cli/target/newel audit verify %s --key %s (after make build)"
            .formatted(audit, SealedTrail.keyFile(audit)));
  }

  private List<String> export(Pod pod, String container, String classPath) {
    Live.Said said =
        live.exec(
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getName(),
            container,
            "java",
            "-cp",
            classPath,
            "dev.newel.audit.AuditExport",
            "/var/lib/newel/audit");
    check(said.exit() == 0, said.err());
    return said.out().lines().toList();
  }

  /** A Service takes a moment to lead to pods that have just become ready. */
  private Reply answered(String prompt) {
    return Await.until("an answer", Live.SOON, () -> team.ask(prompt), r -> r.status() != 0);
  }

  /** The model once every filter enforces the join of so many policies. */
  private ModelDeployment inForce(int sources) {
    return Await.until(
        sources + " policies in force",
        Live.SOON,
        team::model,
        m ->
            m.getStatus().policy().sources() == sources
                && revisionOfAll(m)
                && reason(m, "Ready").equals("Programmed"));
  }

  private String last = "";

  private boolean revisionOfAll(ModelDeployment model) {
    var status = model.getStatus();
    String revision = status.policy().revision();
    boolean all =
        status.pods().programmed().equals(status.pods().total())
            && revision.equals(status.pods().oldestRevision())
            && !revision.equals(last);
    if (all) {
      last = revision;
    }
    return all;
  }

  private static String reason(ModelDeployment model, String type) {
    return Live.condition(model, type).map(c -> c.getReason()).orElse("");
  }

  private static long count(List<String> lines, String text) {
    return lines.stream().filter(l -> l.contains(text)).count();
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("this does not hold: " + what);
    }
  }
}
