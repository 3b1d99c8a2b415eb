"""Names that only the newsroom may take, in the languages of the widget."""

RESERVED_NAMES: tuple[str, ...] = (
    *("moderator", "moderators", "moderation", "administrator", "administration", "admin"),
    *("editor", "editors", "editorial", "staff", "newsroom", "official", "webmaster"),
    *("moderatorin", "redaktion", "redakteur", "redakteurin", "administratorin"),
    *("chefredakteur", "chefredakteurin", "chefredaktion"),
    *("moderador", "moderadora", "moderación", "redacción", "redactor", "redactora", "editora"),
    *("administrador", "administradora", "moderação", "redação", "redacção"),
    *("modérateur", "modératrice", "modération", "rédaction", "rédacteur", "rédactrice"),
    *("administrateur", "administratrice"),
    *("moderatore", "moderatrice", "moderazione", "redazione", "redattore", "redattrice"),
    *("amministratore", "amministratrice", "redactie", "redacteur", "beheerder"),
    *("moderatorka", "redakcja", "redaktor", "redaktorka", "administratorka"),
    *("moderatör", "editör", "yönetici", "redaksiyon"),
    *("модератор", "модераторка", "редакція", "редактор", "редакторка"),
    *("адміністратор", "адміністраторка", "модерація"),
    *("مشرف", "المشرف", "الإدارة", "إدارة", "محرر", "المحرر", "التحرير"),
    *("管理员", "管理員", "版主", "编辑", "編輯", "编辑部", "編輯部"),
    *("管理人", "管理者", "編集部", "編集者", "運営", "モデレーター"),
)
