"""Tracking: parameters of an address that say how readers came there, not what they read.

Each name is documented by the advertising, mailing or statistics system that adds it.
"""

PREFIXES = (
    "__hs",  # HubSpot
    "_hs",
    "at_bbc_",  # BBC
    "at_custom",  # AT Internet
    "at_link_",
    "at_ptr_",
    "fb_action_",  # Facebook
    "hsa_",  # HubSpot Ads
    "mtm_",  # Matomo
    "matomo_",
    "oly_",  # Omeda
    "piwik_",
    "pk_",
    "utm_",  # Google Analytics, and everybody since
    "vero_",  # Vero
    "wt_mc",  # Webtrekk
)
ADVERTISING = (
    # Google, Microsoft, Meta, TikTok, X, LinkedIn, Pinterest, Reddit, Snap, Yandex, Adobe, Impact,
    # Branch.
    "gclid gclsrc dclid gbraid wbraid gad gad_source gad_campaignid srsltid msclkid fbclid ttclid "
    "twclid li_fat_id epik rdt_cid sccid yclid ysclid ymclid _openstat ef_id s_kwcid irclickid "
    "zanpid wickedid rb_clickid _branch_match_id"
)
SHARING = (
    # Facebook, Instagram, X, Wikipedia, AMP.
    "fb_source fb_ref mibextid igsh igshid ref_src ref_url __twitter_impression wprov amp_js_v usqp"
)
MAIL = (
    # Mailchimp, Marketo, HubSpot, Dotdigital, Eloqua, ConvertKit, Omeda.
    "mc_cid mc_eid mkt_tok hsctatracking dm_i elqtrack elqtrackid ck_subscriber_id bxid"
)
STATISTICS = (
    # Google, Adobe, AT Internet, Webtrekk, Yahoo, and newspapers' own campaigns.
    "_ga _gl _gac s_cid xtor at_medium at_campaign at_format wt.mc_id wt_zmc guccounter "
    "guce_referrer guce_referrer_sig cmpid icid ito ocid ncid smid smtyp"
)
NAMES = frozenset(" ".join((ADVERTISING, SHARING, MAIL, STATISTICS)).split())


def is_tracking(name: str) -> bool:
    """Return whether a parameter is tracking, whatever the case of its name."""
    lower = name.lower()
    return lower in NAMES or lower.startswith(PREFIXES)
