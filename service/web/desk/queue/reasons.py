"""Say in words why a comment was held or refused: one table for what the phases find."""

SENTENCES = {
    "length/too-short": "It is shorter than the site allows.",
    "length/too-long": "It is longer than the site allows.",
    "blocked_words/blocked-word": "It holds a word that the site has blocked.",
    "links/blocked-host": "It links to a host that the site has blocked.",
    "links/many-links": "It links to several places that the site does not trust.",
    "repetition/again": "Its author has said nearly the same before.",
    "repetition/many-alike": "Others have sent nearly the same text.",
    "record/often-refused": "Many comments of this author were refused.",
    "footing/muted": "Its author is muted: a person reads all of it first.",
    "footing/banned": "Its author was banned after he wrote it.",
    "footing/trusted": "Its author is trusted: mild doubts were waived.",
    "reopened/held-before": "Reports or a person had held it before its author changed it.",
    "spam/spam": "It looks like advertising.",
    "toxicity/toxicity": "It looks hurtful.",
    "toxicity/severe-toxicity": "It looks very hurtful.",
    "toxicity/insult": "It looks like an insult.",
    "toxicity/profanity": "It looks foul-mouthed.",
    "toxicity/threat": "It looks like a threat.",
    "toxicity/identity-attack": "It looks like an attack on a group of people.",
    "toxicity/sexually-explicit": "It looks sexual.",
    "mode/pre": "On this site a person reads everything first.",
    "worker/poison": "The machine failed on it three times.",
    "flagged": "Readers have reported it.",
    "edited": "Its author has changed it.",
    "undone": "A decision was taken back.",
    "withdrawn": "Its author has taken it back.",
}
ATTRIBUTES = {
    "TOXICITY": "Hurtful",
    "SEVERE_TOXICITY": "Very hurtful",
    "INSULT": "Insult",
    "PROFANITY": "Foul language",
    "THREAT": "Threat",
    "IDENTITY_ATTACK": "Attack on a group",
    "SEXUALLY_EXPLICIT": "Sexual",
    "SPAM": "Advertising",
}


def in_words(code: str) -> str:
    """Say what a reason's code means; a code from elsewhere is shown as it is."""
    if code.endswith("/not-scored"):
        return "The machine could not judge it."
    return SENTENCES.get(code, code)
