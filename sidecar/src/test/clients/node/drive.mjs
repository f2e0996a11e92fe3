// Drives a filter with the real client libraries, as ../python/drive.py does. Usage: node drive.mjs BASE_URL
import assert from "node:assert/strict";
import OpenAI from "openai";
import Anthropic from "@anthropic-ai/sdk";

const base = process.argv[2];
const chat = { model: "tiny", messages: [{ role: "user", content: "Write to alice@example.com" }] };
const blocked = { model: "tiny", messages: [{ role: "user", content: "Tell me of project-aurora" }] };
const masked = "Ask <EMAIL> about it.";
const ok = (name, seen, wanted) => {
  assert.deepEqual(seen, wanted, name);
  console.log("ok", name);
};

const openai = new OpenAI({ baseURL: base + "/v1", apiKey: "k", maxRetries: 0 });
ok("openai chat", (await openai.chat.completions.create(chat)).choices[0].message.content, masked);
let text = "";
for await (const chunk of await openai.chat.completions.create({ ...chat, stream: true })) {
  text += chunk.choices[0]?.delta?.content ?? "";
}
ok("openai chat streamed", text, masked);
ok("openai responses", (await openai.responses.create({ model: "tiny", input: "hello" })).output_text, masked);
await assert.rejects(openai.chat.completions.create(blocked), (e) => e instanceof OpenAI.PermissionDeniedError && e.code === "policy");
console.log("ok openai block");
await assert.rejects(openai.chat.completions.create({ ...chat, model: "limited" }), OpenAI.RateLimitError);
console.log("ok openai limit");
await assert.rejects(async () => {
  for await (const chunk of await openai.chat.completions.create({ ...chat, model: "leaky", stream: true })) {
    assert.ok(!JSON.stringify(chunk).includes("rora"));
  }
}, OpenAI.APIError);
console.log("ok openai stream is stopped");

const anthropic = new Anthropic({ baseURL: base, apiKey: "k", maxRetries: 0 });
ok("anthropic messages", (await anthropic.messages.create({ ...chat, max_tokens: 9 })).content[0].text, masked);
ok("anthropic streamed", await anthropic.messages.stream({ ...chat, max_tokens: 9 }).finalText(), masked);
await assert.rejects(anthropic.messages.create({ ...blocked, max_tokens: 9 }), Anthropic.PermissionDeniedError);
console.log("ok anthropic block");
console.log("all held");
