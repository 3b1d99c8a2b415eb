"""The discovery document: complete, at our public address, and cheap to ask for again."""

DOCUMENT = "/$discovery/rest?version=v1alpha1"


def test_googles_clients_find_our_methods_by_our_public_url(client):
    document = client.get(f"{DOCUMENT}&key=x").json
    assert document["rootUrl"] == "http://comments.example/"
    assert document["batchPath"] == "batch"
    methods = document["resources"]["comments"]["methods"]
    assert {m["path"] for m in methods.values()} == {
        "v1alpha1/comments:analyze",
        "v1alpha1/comments:suggestscore",
    }
    references = {m[end]["$ref"] for m in methods.values() for end in ("request", "response")}
    assert references <= set(document["schemas"])


def test_it_may_be_kept_and_asked_for_again(client):
    """Polis asks for it with every comment."""
    first = client.get(DOCUMENT)
    assert (first.cache_control.public, first.cache_control.max_age) == (True, 3600)
    again = client.get(DOCUMENT, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_another_version_is_refused_in_googles_words(client):
    answer = client.get("/$discovery/rest?version=v2")
    assert (answer.status_code, answer.json["error"]["status"]) == (404, "NOT_FOUND")
