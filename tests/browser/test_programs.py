"""Programs that run in a browser on another origin, with a key that names their page."""

import json

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SCORE = {"comment": {"text": "Good to read."}, "requestedAttributes": {"TOXICITY": {}}}
# Address, header of the key, and body; without a body it is a GET.
CALLS = [
    ("/v1alpha1/comments:analyze?key={key}", "", SCORE),
    ("/v1alpha1/comments:analyze", "X-Goog-Api-Key", SCORE),
    ("/v1/moderations", "Authorization", {"input": "Good to read."}),
    ("/api/v1/analyze", "Authorization", {"texts": ["Good to read."]}),
    ("/$discovery/rest?version=v1alpha1", "", None),
]
FETCH = """async ([url, header, key, body]) => {
  const headers = body ? { "Content-Type": "application/json" } : {};
  if (header) headers[header] = header === "Authorization" ? `Bearer ${key}` : key;
  const wishes = body ? { method: "POST", body: JSON.stringify(body), headers } : {};
  try { return JSON.stringify(await (await fetch(url, wishes)).json()); }
  catch (error) { return error.name; }
}"""


def test_a_program_on_a_page_uses_the_key_that_names_it(page: Page, running, printing):
    printing.print(f"{printing.origin}/tool", "A tool for the newsroom.")
    page.goto(f"{printing.origin}/tool")
    scope = ("key", "add", "--scope", "analyze")
    others = running.folkmoot(*scope).split()[-1]

    def ask(key: str) -> list[str]:
        return [
            page.evaluate(FETCH, [running.url + at.format(key=key), header, key, body])
            for at, header, body in CALLS
        ]

    assert set(ask(others)) == {"TypeError"}
    ours = running.folkmoot(*scope, "--origin", printing.origin).split()[-1]
    page.wait_for_function(
        "url => fetch(url).then(() => true, () => false)", arg=running.url + CALLS[-1][0]
    )
    answers = [json.loads(answer) for answer in ask(ours)]
    members = ("attributeScores", "attributeScores", "results", "results", "kind")
    assert all(member in answer for member, answer in zip(members, answers, strict=True))
    assert set(ask(others)[:4]) == {"TypeError"}
