"""Write letters when it is time, and send them from a thread: nothing waits for a mail server."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import structlog
from redis.exceptions import RedisError

from service.core import Core
from service.desk.office.alerts import summarise, watch
from service.domain.alert import Letter, Way
from service.domain.moments import to_ms
from service.settings import Settings
from service.store.site import alerts, letters
from workers.outbox import mail, webhook

log = structlog.get_logger(__name__)

MOST_A_ROUND = 100
# After each failure it rests longer; after the last one nobody tries again.
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720))


class Postman:
    """Carries letters with the settings of this installation."""

    def __init__(self, settings: Settings) -> None:
        self._smtp = settings.smtp_url.get_secret_value() if settings.smtp_url else ""
        self._sender, self._hour = settings.mail_from, settings.digest_hour
        self._private = settings.webhook_private
        self._round: Thread | None = None

    def write(self, core: Core) -> None:
        """Write what is to be told now."""
        watch(core, by_mail=bool(self._smtp))
        if self._smtp:
            summarise(core, self._hour)

    def deliver(self, core: Core) -> None:
        """Send what is due, unless the last round is still under way."""
        if self._round is None or not self._round.is_alive():
            self._round = Thread(target=self.go_round, args=(core,), name="postman", daemon=True)
            self._round.start()

    def go_round(self, core: Core) -> None:
        """Send what is due, one after the other; each is ours only from when it is taken."""
        try:
            for _ in range(MOST_A_ROUND):
                if (letter := letters.take(core.redis, core.now())) is None:
                    return
                self._send(core, letter)
        except RedisError as error:
            log.warning("letters postponed", error=type(error).__name__)

    def _send(self, core: Core, letter: Letter) -> None:
        try:
            self._hand_over(core, letter)
        except webhook.Refused as refused:
            self._note(core, letter, f"not called: {refused}")
            letters.drop(core.redis, letter.id)
        except (webhook.Failed, OSError, ValueError) as error:
            self._note(core, letter, f"failed: {error}" if letter.way is Way.WEBHOOK else "failed")
            self._put_back(core, letter)
        else:
            self._note(core, letter, "delivered")
            letters.drop(core.redis, letter.id)

    def _hand_over(self, core: Core, letter: Letter) -> None:
        if letter.way is Way.WEBHOOK:
            secret = core.signer.derive(letter.site, "webhook").hex()
            at = to_ms(core.now()) // 1000
            webhook.call(letter.to, letter.body, secret, at, private=self._private)
            return
        mail.send(self._smtp, self._sender, letter.to, letter.subject, letter.body)

    def _put_back(self, core: Core, letter: Letter) -> None:
        if letter.tries >= len(BACK_OFF):
            letters.drop(core.redis, letter.id)
            log.warning("letter given up", way=letter.way.value, tries=letter.tries)
            return
        due = core.now() + BACK_OFF[letter.tries]
        letters.retry(core.redis, replace(letter, tries=letter.tries + 1), due)

    def _note(self, core: Core, letter: Letter, said: str) -> None:
        # Never the address: some webhooks carry a secret in it, and a mail's is somebody's own.
        log.info("letter", way=letter.way.value, site=letter.site, said=said, tries=letter.tries)
        if letter.way is Way.WEBHOOK:
            told = f"{core.now():%Y-%m-%d %H:%M} UTC: {said}"
            alerts.note(core.at(letter.site), told[:200])
