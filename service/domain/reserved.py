"""Names that only the newsroom may take, in the languages of the widget."""

# The texts of the widget's badges in each of its languages, with feminine forms.
BADGE_TEXTS: tuple[str, ...] = (
    *("newsroom", "author of the article", "author of this article", "article author"),
    *("هيئة التحرير", "كاتب المقال", "كاتبة المقال"),
    *("redaktion", "autor des artikels", "autorin des artikels"),
    *("redacción", "autor del artículo", "autora del artículo"),
    *("rédaction", "auteur de l’article", "auteure de l’article", "autrice de l’article"),
    *("redazione", "autore dell’articolo", "autrice dell’articolo"),
    *("編集部", "記事の筆者"),
    *("redactie", "auteur van het artikel"),
    *("redakcja", "autor artykułu", "autorka artykułu"),
    *("redação", "autor do artigo", "autora do artigo"),
    *("yazı işleri", "yazının yazarı"),
    *("редакція", "автор статті", "авторка статті"),
    *("编辑部", "文章作者"),
)

RESERVED_NAMES: tuple[str, ...] = (
    *("moderator", "moderators", "moderation", "mod", "mods"),
    *("administrator", "administration", "admin", "admins"),
    *("editor", "editors", "editorial", "staff", "newsroom", "official", "webmaster"),
    *("moderatorin", "moderatoren", "redaktion", "redakteur", "redakteurin", "redakteure"),
    *("administratorin", "administratoren"),
    *("chefredakteur", "chefredakteurin", "chefredaktion"),
    *("moderador", "moderadora", "moderación", "redacción", "redactor", "redactora", "editora"),
    *("administrador", "administradora", "moderação", "redação", "redacção"),
    *("modérateur", "modératrice", "modération", "rédaction", "rédacteur", "rédactrice"),
    *("administrateur", "administratrice"),
    *("moderatore", "moderatrice", "moderazione", "redazione", "redattore", "redattrice"),
    *("amministratore", "amministratrice", "redactie", "redacteur", "beheerder"),
    *("moderatorka", "redakcja", "redaktor", "redaktorka", "administratorka"),
    *("moderatör", "editör", "yönetici", "redaksiyon"),
    *("мод", "модератор", "модераторка", "редакція", "редактор", "редакторка"),
    *("адміністратор", "адміністраторка", "модерація"),
    *("مشرف", "المشرف", "الإدارة", "إدارة", "محرر", "المحرر", "التحرير"),
    *("管理员", "管理員", "版主", "编辑", "編輯", "编辑部", "編輯部"),
    *("管理人", "管理者", "編集部", "編集者", "運営", "モデレーター"),
)

# Words that form compounds with a reserved name: "Modteam", "Redaktionsteam".
TEAMS: tuple[str, ...] = (
    *("team", "teams", "crew", "squad", "staff", "desk", "equipo", "équipe", "equipe", "equipa"),
    *("squadra", "zespół", "ekip", "ekibi", "takım", "takımı", "команда", "فريق"),
)

# Words without meaning of their own next to the site's name: articles, "of", "from", a genitive.
ARTICLES: tuple[str, ...] = (
    *("the", "of", "from", "at", "by", "for", "s"),
    *("der", "die", "das", "des", "dem", "den", "von", "vom", "bei"),
    *("el", "la", "los", "las", "de", "del", "le", "les", "l", "du", "chez"),
    *("il", "lo", "gli", "dello", "della", "di", "o", "os", "a", "as", "do", "da", "dos", "das"),
    *("het", "van", "z", "ze", "з", "від", "من"),
)

# With the site's name, and nothing else, these speak for the newsroom.
BESIDE_THE_SITE: tuple[str, ...] = (
    *TEAMS,
    *("editor", "editors", "editorial", "newsroom", "office", "official", "support", "service"),
    *("news", "press", "newspaper", "online", "help", "helpdesk", "account", "comments"),
    *("mod", "mods", "moderator", "moderators", "moderation", "admin", "admins", "administrator"),
    *("redaktion", "redaktionen", "nachrichten", "presse", "zeitung", "verlag", "hilfe"),
    *("offiziell", "offizielle", "offizieller", "offizielles", "kundendienst", "leserservice"),
    *("redacción", "noticias", "prensa", "diario", "periódico", "oficial", "soporte", "ayuda"),
    *("rédaction", "actualités", "journal", "officiel", "officielle", "assistance", "aide"),
    *("redazione", "notizie", "stampa", "giornale", "ufficiale", "assistenza", "supporto"),
    *("redação", "redacção", "notícias", "imprensa", "jornal", "suporte", "apoio", "ajuda"),
    *("redactie", "nieuws", "pers", "krant", "officieel", "officiële", "klantenservice"),
    *("redakcja", "wiadomości", "prasa", "oficjalny", "oficjalna", "oficjalne", "wsparcie"),
    *("redaksiyon", "haber", "haberler", "basın", "gazetesi", "resmi", "resmî", "destek"),
    *("редакція", "новини", "преса", "газета", "офіційний", "офіційна", "офіційно", "підтримка"),
    *("التحرير", "أخبار", "الأخبار", "صحيفة", "جريدة", "رسمي", "الرسمي", "دعم", "الدعم"),
    *("编辑", "編輯", "编辑部", "团队", "團隊", "新闻", "新聞", "官方", "客服", "支持", "报", "的"),
    *("編集", "編集部", "チーム", "ニュース", "新聞", "公式", "サポート", "スタッフ", "の"),
)
