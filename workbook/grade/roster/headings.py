"""The headings of a roster's table, as teachers and platforms write them in several languages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.course.words import listed
from workbook.grade.roster.roster import RosterError, squeezed

# What learning platforms write in other languages, by what they write in English.
_TRANSLATIONS = {
    "first name": (
        "Vorname", "Prénom", "Nombre", "Nome", "Nome próprio", "Voornaam", "Förnamn", "Fornavn",
        "Etunimi", "Imię", "Jméno", "Имя", "名",
    ),
    "last name": (
        "Nachname", "Nom", "Nom de famille", "Apellido(s)", "Cognome", "Sobrenome", "Apelido",
        "Achternaam", "Efternamn", "Efternavn", "Etternavn", "Sukunimi", "Nazwisko", "Příjmení",
        "Фамилия", "姓", "姓氏",
    ),
    "full name": ("Vollständiger Name", "Nom complet", "Nombre completo", "Nome completo"),
    "email address": (
        "E-Mail-Adresse", "Adresse e-mail", "Adresse de courriel", "Courriel",
        "Correo electrónico", "Dirección de correo", "Dirección de correo electrónico",
        "Dirección Email", "Indirizzo email", "E-mailadres", "Endereço de email",
        "Endereço de e-mail", "E-postadress", "E-mailadresse", "E-postadresse",
        "Sähköpostiosoite", "Adres e-mail", "E-mailová adresa", "Адрес электронной почты",
        "メールアドレス", "电子邮件地址", "电子邮箱",
    ),
    "username": (
        "Anmeldename", "Benutzername", "Nutzername", "Nom d'utilisateur", "Nombre de usuario",
        "Nome utente", "Gebruikersnaam", "Nome de utilizador", "Nome de usuário",
        "Användarnamn", "Brugernavn", "Brukernavn", "Логин", "ユーザ名", "用户名",
    ),
    "id number": (
        "ID-Nummer", "Numéro d'identification", "Número de ID", "Codice identificativo",
        "Número de identificação", "Идентификационный номер", "IDナンバー",
    ),
    "student id": (
        "Matrikelnummer", "Studenten-ID", "Numéro d'étudiant", "ID de estudiante",
        "ID do aluno", "Matricola", "Studentnummer",
    ),
}  # fmt: skip
_ENGLISH = {squeezed(one): squeezed(name) for name, many in _TRANSLATIONS.items() for one in many}

# Without spaces and signs. Of the columns that can be the student's identifier, the first that is
# there, with anything in it, is it.
_IDENTIFIERS = (
    "id", "studentid", "studentnumber", "identifier", "rosteridentifier", "username", "user",
    "userid", "login", "loginid", "sisloginid", "netid", "orgdefinedid", "idnumber",
    "matriculationnumber", "sid", "sisuserid", "sisid", "student", "email", "emailaddress", "mail",
)  # fmt: skip
_COLUMNS = {
    "name": ("name", "fullname", "studentname", "displayname"),
    "first_name": ("firstname", "givenname", "forename", "first"),
    "last_name": ("lastname", "surname", "familyname", "last"),
    "email": ("email", "emailaddress", "mail"),
    "section": ("section", "sections", "sectionname", "class", "tutorial"),
    # Not "groups": Moodle calls so what may be tutorials, of which nobody hands in together.
    "group": ("group", "team"),
}
# What is kept as an identifier of a platform: by the platform's name, or the heading's own.
_IDS = {
    "lmsuserid": "lms_user_id", "orgdefinedid": "brightspace", "sid": "gradescope",
    "githubusername": "github", "sisuserid": "sis_user_id", "sisid": "sis_user_id",
    "sisloginid": "sis_login_id", "idnumber": "idnumber", "username": "username",
    "loginid": "login",
}  # fmt: skip
_PLATFORM = re.compile(r"(canvas|moodle|blackboard|brightspace|gradescope|github)(user)?(id|name)?")
_KNOWN = {*_IDENTIFIERS, *_IDS, *(name for names in _COLUMNS.values() for name in names)}


@dataclass(frozen=True)
class Headings:
    """What the columns of a table mean.

    Attributes
    ----------
    identifier : int
        The place of the column that identifies a student.
    fields : dict of int to str
        What is known of a student, by the column's place.
    ids : dict of int to str
        Whose identifier it is, by the column's place.
    left_out : list of str
        The headings that mean nothing here.
    width : int
        How many columns there are.
    is_canvas, is_brightspace : bool
        Whether it is what this platform exports.
    """

    identifier: int
    fields: dict[int, str]
    ids: dict[int, str]
    left_out: list[str]
    width: int
    is_canvas: bool = False
    is_brightspace: bool = False


def known(cell: str) -> bool:
    """Tell whether a heading means something here."""
    return english(cell) in _KNOWN


def english(cell: str) -> str:
    """Return a heading in English, without spaces and signs."""
    name = squeezed(cell)
    return _ENGLISH.get(name, name)


def read_headings(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Headings:
    """Return what the columns mean.

    Parameters
    ----------
    path : pathlib.Path
        The table's file.
    header : sequence of str
        Its headings.
    rows : iterable of sequence of str
        Its other lines.

    Raises
    ------
    RosterError
        If no column identifies a student.
    """
    names = [english(cell) for cell in header]
    is_canvas = _is_canvas(header, names)
    fields: dict[int, str] = {}
    ids: dict[int, str] = {}
    left_out = []
    for number, name in enumerate(names):
        kinds = (kind for kind, those in _COLUMNS.items() if name in those)
        kind = "name" if is_canvas and name == "student" else next(kinds, "")
        platform = "canvas" if is_canvas and name == "id" else _IDS.get(name, "")
        if not platform and (found := _PLATFORM.fullmatch(name)):
            platform = found[1]
        if kind and kind not in fields.values():
            fields[number] = kind
        elif platform and platform not in ids.values():
            ids[number] = platform
        else:
            left_out.append(header[number])
    identifier = _identifier(names, is_canvas, rows)
    if identifier is None:
        raise RosterError(
            f"{path}: no column identifies the students; give one the heading id "
            f"(the headings are: {listed(header, 20) if header else 'none'})"
        )
    left_out = [one for one in left_out if one and one != header[identifier]]
    is_brightspace = "orgdefinedid" in names
    return Headings(identifier, fields, ids, left_out, len(header), is_canvas, is_brightspace)


def _identifier(names: list[str], is_canvas: bool, rows: Iterable[Sequence[str]]) -> int | None:
    """Return the place of the column that identifies a student; None without one."""
    ordered = list(_IDENTIFIERS)
    if is_canvas:
        # Its number comes last: it says nothing to anybody.
        ordered = [*(one for one in ordered if one not in ("student", "id")), "id"]
    filled = {place for row in rows for place, cell in enumerate(row) if cell}
    places = [names.index(one) for one in ordered if one in names]
    return next((one for one in places if one in filled), next(iter(places), None))


def _is_canvas(header: Sequence[str], names: list[str]) -> bool:
    """Tell whether Canvas has exported a table: there "Student" is a name, "ID" its own number."""
    if {"sisloginid", "sisuserid"} & {*names}:
        return "student" in names or header[:3] == ["LastName", "FirstName", "ID"]
    # Who may not see users' logins gets no column of them.
    return header[:2] == ["Student", "ID"] and "Section" in header
