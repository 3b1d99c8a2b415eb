"""Clients from PyPI work when only their address is changed."""

from contextlib import ExitStack

import akismet
import httpx
import openai
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
            return built.enter_context(service)

        yield google


def body(text=RUDE, **more):
    return {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **more}


class TestGoogle:
    """google-api-python-client."""

    def test_scores(self, google, key):
        answer = (
            google(key)
            .comments()
            .analyze(body=body(spanAnnotations=True, clientToken="c"))
            .execute()
        )
        assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.8
        assert answer["clientToken"] == "c"

    def test_corrects(self, google, key):
        sent = {
            "comment": {"text": RUDE},
            "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}},
            "communityId": "tests",
            "clientToken": "t",
        }
        assert google(key).comments().suggestscore(body=sent).execute()["clientToken"] == "t"

    def test_hears_of_errors(self, google, key, make_key):
        busy, strict = make_key("--quota", "1/day"), make_key("--manner", "strict")
        google(busy).comments().analyze(body=body()).execute()
        for service, sent, status, says in (
            (google(strict), body(DUTCH), 400, "does not support request languages"),
            (google(key), body(""), 400, "Comment must be non-empty."),
            (google("wrong"), body(), 400, "API key not valid"),
            (google(None), body(), 403, "unregistered callers"),
            (google(busy), body(), 429, "Quota exceeded"),
        ):
            with pytest.raises(HttpError) as refused:
                service.comments().analyze(body=sent).execute()
            assert refused.value.resp.status == status
            assert says in refused.value.reason

    @pytest.fixture
    def batch(self, google, key, make_key):
        """Send texts in one batch, and collect the answers and errors under their names."""

        def batch(texts, key=key, **more):
            service, told = google(key), {}
            request = service.new_batch_http_request()
            for name, text in texts.items():
                call = service.comments().analyze(body=body(text, **more))
                callback = lambda id_, *answer: told.update({id_: answer})  # noqa: E731
                request.add(call, callback=callback, request_id=name)
            request.execute()
            return told

        return batch

    def test_batches(self, batch):
        """Twenty-five at once, with spans, as for RealToxicityPrompts."""
        texts = {str(number): f"{number} – {KIND}" for number in range(24)} | {"24": RUDE}
        told = batch(texts, spanAnnotations=True)
        assert list(told) == list(texts)
        for answer, error in told.values():
            assert error is None
            [span] = answer["attributeScores"]["TOXICITY"]["spanScores"]
            assert span["score"]["type"] == "PROBABILITY"
        assert told["24"][0]["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.8

    def test_batches_named_by_their_texts(self, batch):
        """HELM does so, whatever the text is made of."""
        texts = [RUDE, f"{KIND} " * 40, "ünïcödé 🚋 + <a> % \n line", "ok"]
        told = batch({text: text for text in texts}, languages=["en"])
        assert sorted(told) == sorted(texts)
        assert all(error is None for _, error in told.values())

    def test_batches_hear_of_errors_one_by_one(self, batch, make_key):
        told = batch({"a": RUDE, "b": "", "c": DUTCH}, key=make_key("--manner", "strict"))
        assert [error.resp.status if error else 200 for _, error in told.values()] == [
            200,
            400,
            400,
        ]
        assert "does not support request languages" in told["c"][1].reason
        with pytest.raises(HttpError, match="exceeded limit"):
            batch({str(number): KIND for number in range(101)})


class TestOpenAI:
    """openai."""

    @pytest.fixture
    def make_client(self, running):
        with ExitStack() as opened:
            yield lambda key: opened.enter_context(
                openai.OpenAI(api_key=key, base_url=f"{running.url}/v1", max_retries=0)
            )

    def test_judges(self, make_client, key):
        answer = make_client(key).moderations.create(input=[KIND, RUDE])
        assert [result.flagged for result in answer.results] == [False, True]
        rude = answer.results[1]
        assert rude.categories.harassment
        assert rude.category_scores.harassment > 0.8
        assert rude.category_applied_input_types.self_harm == []

    def test_hears_of_errors(self, make_client, key, make_key):
        with pytest.raises(openai.AuthenticationError):
            make_client("wrong").moderations.create(input=KIND)
        with pytest.raises(openai.BadRequestError, match="'input'"):
            make_client(key).moderations.create(input=[])
        busy = make_client(make_key("--quota", "1/day"))
        busy.moderations.create(input=KIND, model="omni-moderation-latest")
        with pytest.raises(openai.RateLimitError):
            busy.moderations.create(input=KIND)


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
