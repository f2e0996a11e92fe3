"""Drives a filter with the real client libraries. Usage: drive.py BASE_URL. Prints a line for each check that
held; ends with a traceback and 1 at the first that did not. The model behind the filter is LibraryModel."""
import asyncio
import sys

import anthropic
import openai

base = sys.argv[1]
CHAT = {"model": "tiny", "messages": [{"role": "user", "content": "Write to alice@example.com"}]}
BLOCKED = {"model": "tiny", "messages": [{"role": "user", "content": "Tell me of project-aurora"}]}
TOOL = {"type": "object", "properties": {"to": {"type": "string"}}}
MASKED = "Ask <EMAIL> about it."


def check(name, held, seen=None):
    if not held:
        raise AssertionError(f"{name}: {seen!r}")
    print("ok", name)


def raised(kind, call, name):
    try:
        call()
    except kind as e:
        print("ok", name)
        return e
    raise AssertionError(f"{name}: nothing was raised")


def openai_sync():
    client = openai.OpenAI(base_url=base + "/v1", api_key="k", max_retries=0)
    check("openai models", [m.id for m in client.models.list()] == ["tiny"])
    answer = client.chat.completions.create(**CHAT)
    check("openai chat", answer.choices[0].message.content == MASKED, answer)
    pieces = [c.choices[0].delta.content or "" for c in client.chat.completions.create(**CHAT, stream=True) if c.choices]
    check("openai chat streamed", "".join(pieces) == MASKED, pieces)
    tools = [{"type": "function", "function": {"name": "mail", "parameters": TOOL}}]
    call = client.chat.completions.create(**CHAT, tools=tools).choices[0].message.tool_calls[0]
    check("openai tool call", call.function.arguments == '{"to":"<EMAIL>"}', call)
    arguments = ""
    for chunk in client.chat.completions.create(**CHAT, tools=tools, stream=True):
        for part in (chunk.choices[0].delta.tool_calls or []) if chunk.choices else []:
            arguments += part.function.arguments or ""
    check("openai tool call streamed", arguments == '{"to":"<EMAIL>"}', arguments)
    answer = client.completions.create(model="tiny", prompt="Write to alice@example.com")
    check("openai completions", answer.choices[0].text == MASKED, answer)
    answer = client.responses.create(model="tiny", input="Write to alice@example.com")
    check("openai responses", answer.output_text == MASKED, answer)
    events = list(client.responses.create(model="tiny", input="hello", stream=True))
    text = "".join(e.delta for e in events if e.type == "response.output_text.delta")
    check("openai responses streamed", text == MASKED, events)
    check("openai embeddings", len(client.embeddings.create(model="tiny", input="hello").data) == 1)

    e = raised(openai.PermissionDeniedError, lambda: client.chat.completions.create(**BLOCKED), "openai block")
    check("openai block says why", e.code == "policy" and e.type == "guardrail_blocked", e.body)
    check("openai block has an id", e.request_id == e.body["request_id"], e.body)
    raised(openai.PermissionDeniedError, lambda: client.chat.completions.create(**BLOCKED, stream=True), "openai block of a stream")
    raised(openai.PermissionDeniedError, lambda: client.responses.create(model="tiny", input="project-aurora"), "openai responses block")
    raised(openai.PermissionDeniedError, lambda: client.embeddings.create(model="tiny", input="project-aurora"), "openai embeddings block")
    raised(openai.PermissionDeniedError, lambda: client.audio.speech.create(model="t", voice="alloy", input="x"), "openai unknown endpoint")
    raised(openai.RateLimitError, lambda: client.chat.completions.create(**{**CHAT, "model": "limited"}), "openai limit of the model")
    raised(openai.InternalServerError, lambda: client.chat.completions.create(**{**CHAT, "model": "broken"}), "openai fault of the model")
    seen = []

    def stopped():
        for chunk in client.chat.completions.create(**{**CHAT, "model": "leaky"}, stream=True):
            seen.append(chunk)

    raised(openai.APIError, stopped, "openai stream is stopped")
    check("openai finish reason", seen[-1].choices[0].finish_reason == "content_filter", seen)
    check("openai nothing leaks", "rora" not in "".join(c.choices[0].delta.content or "" for c in seen), seen)


async def openai_async():
    async with openai.AsyncOpenAI(base_url=base + "/v1", api_key="k", max_retries=0) as client:
        answers = await asyncio.gather(*(client.chat.completions.create(**CHAT) for _ in range(8)))
        check("openai async", all(a.choices[0].message.content == MASKED for a in answers))
        text = ""
        async for chunk in await client.chat.completions.create(**CHAT, stream=True):
            text += chunk.choices[0].delta.content or "" if chunk.choices else ""
        check("openai async streamed", text == MASKED, text)
        try:
            await client.chat.completions.create(**BLOCKED)
            check("openai async block", False)
        except openai.PermissionDeniedError:
            check("openai async block", True)


def anthropic_sync():
    client = anthropic.Anthropic(base_url=base, api_key="k", max_retries=0)
    chat = {**CHAT, "max_tokens": 99}
    blocked = {**BLOCKED, "max_tokens": 99}
    answer = client.messages.create(**chat)
    check("anthropic messages", answer.content[0].text == MASKED, answer)
    with client.messages.stream(**chat) as stream:
        text = "".join(stream.text_stream)
        check("anthropic streamed", text == MASKED, text)
        check("anthropic stop reason", stream.get_final_message().stop_reason == "end_turn")
    tools = [{"name": "mail", "input_schema": TOOL}]
    call = client.messages.create(**chat, tools=tools).content[0]
    check("anthropic tool", call.input == {"to": "<EMAIL>"}, call)
    with client.messages.stream(**chat, tools=tools) as stream:
        call = stream.get_final_message().content[0]
    check("anthropic tool streamed", call.input == {"to": "<EMAIL>"}, call)
    check("anthropic tokens", client.messages.count_tokens(**CHAT).input_tokens == 3)
    e = raised(anthropic.PermissionDeniedError, lambda: client.messages.create(**blocked), "anthropic block")
    check("anthropic block says why", e.body["error"]["type"] == "permission_error" and e.body["error"]["code"] == "policy", e.body)
    raised(anthropic.RateLimitError, lambda: client.messages.create(**{**chat, "model": "limited"}), "anthropic limit of the model")
    seen = []

    def stopped():
        for event in client.messages.create(**{**chat, "model": "leaky"}, stream=True):
            seen.append(event)

    raised(anthropic.APIError, stopped, "anthropic stream is stopped")
    check("anthropic nothing leaks", "rora" not in str(seen), seen)


async def anthropic_async():
    async with anthropic.AsyncAnthropic(base_url=base, api_key="k", max_retries=0) as client:
        answer = await client.messages.create(**CHAT, max_tokens=99)
        check("anthropic async", answer.content[0].text == MASKED, answer)
        async with client.messages.stream(**CHAT, max_tokens=99) as stream:
            text = "".join([piece async for piece in stream.text_stream])
        check("anthropic async streamed", text == MASKED, text)


openai_sync()
asyncio.run(openai_async())
anthropic_sync()
asyncio.run(anthropic_async())
print("all held")
