"""Perspective's refusals, with the messages and codes that its clients branch on."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.domain.errors import Fault, Invalid

LIMIT = 20_480


class ErrorType(StrEnum):
    """The error types of the protocol."""

    COMMENT_EMPTY = "COMMENT_EMPTY"
    COMMENT_TOO_LONG = "COMMENT_TOO_LONG"
    NO_REQUESTED_ATTRIBUTES = "NO_REQUESTED_ATTRIBUTES"
    LANGUAGE = "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    LANGUAGE_DETECTION_FAILED = "LANGUAGE_DETECTION_FAILED"
    INVALID_REQUEST = "INVALID_REQUEST"


@dataclass(frozen=True, slots=True)
class LanguageUnsupported:
    """An attribute and the languages it lacks; clients drop the attribute and ask again."""

    attribute: str
    detected: tuple[str, ...] = ()
    requested: tuple[str, ...] = ()


class RequestRefused(Invalid):
    """A request that the protocol answers with 400; without a type the answer has no details."""

    def __init__(
        self,
        message: str,
        type_: ErrorType | None = ErrorType.INVALID_REQUEST,
        language: LanguageUnsupported | None = None,
    ) -> None:
        super().__init__(Fault("", type_ or "INVALID_ARGUMENT", message))
        self.message, self.type, self.language = message, type_, language


def empty() -> RequestRefused:
    """Refuse an empty text."""
    return RequestRefused("Comment must be non-empty.", ErrorType.COMMENT_EMPTY)


def too_long(size: int) -> RequestRefused:
    """Refuse a text with more bytes than the protocol allows."""
    # The original service sends this one without details.
    return RequestRefused(
        f"Comment text was too many bytes. Value ({size}) exceeded limit ({LIMIT}).", type_=None
    )


def nothing_requested() -> RequestRefused:
    """Refuse a request without attributes."""
    return RequestRefused("Missing requested_attributes", ErrorType.NO_REQUESTED_ATTRIBUTES)


def unknown_attribute(name: str) -> RequestRefused:
    """Refuse an attribute that does not exist or has no score of ours."""
    return RequestRefused(f"Unknown requested attribute: {name}")


def undetected() -> RequestRefused:
    """Refuse a text without scores because its language could not be detected."""
    return RequestRefused("Unable to detect language", ErrorType.LANGUAGE_DETECTION_FAILED)


def unsupported(
    attribute: str, languages: Sequence[str], detected: Sequence[str], requested: Sequence[str]
) -> RequestRefused:
    """Refuse an attribute that has no score in these languages."""
    message = f"Attribute {attribute} does not support request languages: {', '.join(languages)}"
    language = LanguageUnsupported(attribute, tuple(detected), tuple(requested))
    return RequestRefused(message, ErrorType.LANGUAGE, language)
