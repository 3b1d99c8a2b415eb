"""Clients from PyPI work when only their address is changed."""

from contextlib import ExitStack

import akismet
import httpx
import pytest
from googleapiclient import discovery
from googleapiclient.errors import HttpError
from perspective import PerspectiveAPI

from tests.wire.conftest import DUTCH, KIND, RUDE, SPAMMY

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def google(running):
    """Google's own client, which builds its methods from our discovery document."""
    with ExitStack() as built:

        def google(key):
            service = discovery.build(
                "commentanalyzer",
                "v1alpha1",
                developerKey=key,
                discoveryServiceUrl=f"{running.url}/$discovery/rest?version=v1alpha1",
                static_discovery=False,
            )
            return built.enter_context(service).comments()

        yield google


def body(text=RUDE, **more):
    return {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **more}


class TestGoogle:
    """google-api-python-client."""

    def test_scores(self, google, key):
        answer = google(key).analyze(body=body(spanAnnotations=True, clientToken="c")).execute()
        assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.8
        assert answer["clientToken"] == "c"

    def test_corrects(self, google, key):
        sent = {
            "comment": {"text": RUDE},
            "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}},
            "communityId": "tests",
            "clientToken": "t",
        }
        assert google(key).suggestscore(body=sent).execute()["clientToken"] == "t"

    def test_hears_of_errors(self, google, key, make_key):
        busy, strict = make_key("--quota", "1/day"), make_key("--manner", "strict")
        google(busy).analyze(body=body()).execute()
        for comments, sent, status, says in (
            (google(strict), body(DUTCH), 400, "does not support request languages"),
            (google(key), body(""), 400, "Comment must be non-empty."),
            (google("wrong"), body(), 400, "API key not valid"),
            (google(None), body(), 403, "unregistered callers"),
            (google(busy), body(), 429, "Quota exceeded"),
        ):
            with pytest.raises(HttpError) as refused:
                comments.analyze(body=sent).execute()
            assert refused.value.resp.status == status
            assert says in refused.value.reason


class TestPerspective:
    """perspective."""

    @pytest.fixture
    def client(self, running, key):
        client = PerspectiveAPI(key)
        client.api_client.url = f"{running.url}/v1alpha1/{{endpoint}}"
        return client

    def test_scores(self, client):
        assert client.score(RUDE, tests=["TOXICITY", "INSULT"])["INSULT"] > 0.5
        answer = client.analyze_comment(
            text=RUDE, requested_attributes={"TOXICITY": {}}, span_annotations=True
        )
        assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.8

    def test_corrects(self, client):
        scores = {"TOXICITY": {"summaryScore": {"value": 1.0, "type": "PROBABILITY"}}}
        answer = client.suggest_score(RUDE, scores, validate=False, client_token="t")
        assert answer["clientToken"] == "t"


class TestAkismet:
    """akismet."""

    @pytest.fixture
    def make_client(self, running):
        ours = httpx.URL(running.url)

        def redirect(request):
            request.url = request.url.copy_with(scheme=ours.scheme, host=ours.host, port=ours.port)
            request.headers["Host"] = f"{ours.host}:{ours.port}"

        def make_client(key):
            http = opened.enter_context(
                httpx.Client(event_hooks={"request": [redirect]}, timeout=10.0)
            )
            config = akismet.Config(key=key, url="https://news.example/")
            return akismet.SyncClient(config=config, http_client=http)

        with ExitStack() as opened:
            yield make_client

    def test_checks_and_reports(self, make_client, key):
        with make_client(key) as client:
            assert client.verify_key()
            check = {"comment_type": "comment", "comment_author": "Ann"}
            ham = client.comment_check("192.0.2.1", comment_content=KIND, **check)
            spam = client.comment_check("192.0.2.1", comment_content=SPAMMY, **check)
            assert ham is akismet.CheckResponse.HAM
            assert spam in (akismet.CheckResponse.SPAM, akismet.CheckResponse.DISCARD)
            assert client.submit_spam("192.0.2.1", comment_content=SPAMMY, **check)
            assert client.submit_ham("192.0.2.1", comment_content=KIND, **check)
            assert set(client.usage_limit()) == {"limit", "usage", "percentage", "throttled"}
            # This version forgets to send its key with this call, and gets an error.
            with pytest.raises(akismet.APIKeyError):
                client.key_sites()
        stranger = make_client("fmk-wrong")
        assert not stranger.verify_key()
        with pytest.raises(akismet.APIKeyError):
            stranger.comment_check("192.0.2.1", comment_content=KIND)
