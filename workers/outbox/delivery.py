"""Writes letters when they are due and sends them from a thread: no job waits for a server."""

from dataclasses import replace
from threading import Thread

import structlog
from redis.exceptions import RedisError

from service.core import Core
from service.desk.office.alerts import summarise, watch, webhook_secrets
from service.domain.alert import Letter, Way
from service.domain.moments import to_ms
from service.settings import Settings
from service.store.site import alerts, letters
from workers.outbox import mail, webhook

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 100


class Delivery:
    """Writes and sends letters, with the settings of this installation."""

    def __init__(self, settings: Settings) -> None:
        self._smtp = settings.smtp_url.get_secret_value() if settings.smtp_url else ""
        self._sender, self._hour = settings.mail_from, settings.digest_hour
        self._private = settings.webhook_private
        self._sending: Thread | None = None

    def write(self, core: Core) -> None:
        """Write the letters that are due."""
        watch(core, by_mail=bool(self._smtp))
        if self._smtp:
            summarise(core, self._hour)

    def deliver(self, core: Core) -> None:
        """Send due letters in the background, unless the last thread is still running."""
        if self._sending is None or not self._sending.is_alive():
            self._sending = Thread(target=self.send, args=(core,), name="delivery", daemon=True)
            self._sending.start()

    def send(self, core: Core) -> None:
        """Send due letters one by one; each is leased before it is sent."""
        try:
            for _ in range(MOST_AT_ONCE):
                if (letter := letters.take(core.redis, core.now())) is None:
                    return
                self._send_one(core, letter)
        except RedisError as error:
            log.warning("letters postponed", error=type(error).__name__)

    def _send_one(self, core: Core, letter: Letter) -> None:
        try:
            self._hand_over(core, letter)
        except webhook.AddressRefused as refused:
            self._note(core, letter, f"not called: {refused}")
            letters.drop(core.redis, letter.id)
        except (webhook.CallFailed, OSError, ValueError) as error:
            self._note(core, letter, f"failed: {error}" if letter.way is Way.WEBHOOK else "failed")
            self._put_back(core, letter)
        else:
            self._note(core, letter, "delivered")
            letters.drop(core.redis, letter.id)

    def _hand_over(self, core: Core, letter: Letter) -> None:
        if letter.way is Way.WEBHOOK:
            secrets = webhook_secrets(core, letter.site)
            seconds = to_ms(core.now()) // 1000
            webhook.call(letter.to, letter.body, secrets, seconds, private=self._private)
            return
        mail.send(self._smtp, self._sender, letter.to, letter.subject, letter.body)

    def _put_back(self, core: Core, letter: Letter) -> None:
        if letter.tries >= len(letters.BACK_OFF):
            letters.drop(core.redis, letter.id)
            log.warning("letter given up", way=letter.way.value, tries=letter.tries)
            return
        due = core.now() + letters.BACK_OFF[letter.tries]
        letters.retry(core.redis, replace(letter, tries=letter.tries + 1), due)

    def _note(self, core: Core, letter: Letter, result: str) -> None:
        # Never the address: a webhook's may contain a secret, a mail's is personal.
        log.info("letter", way=letter.way.value, site=letter.site, said=result, tries=letter.tries)
        if letter.way is Way.WEBHOOK:
            note = f"{core.now():%Y-%m-%d %H:%M} UTC: {result}"
            alerts.note(core.at(letter.site), note[:200])
