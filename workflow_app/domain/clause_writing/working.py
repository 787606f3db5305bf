"""How the parties work together from day to day, each form as a sentence in both languages."""

from __future__ import annotations

from workflow_app.domain.clause_writing.words import Sentences, Tongue, Values, fixed


def _count(t: Tongue, v: Values) -> str:
    """How often in a year; a floor beside a number comes after it."""
    year = "i året"
    low, high, exact = v.get("per_year_min"), v.get("per_year_max"), v.get("per_year")
    if exact is not None:
        floor = f", minimum {low}" if low is not None else ""
        return f"{t.times(exact)} {year}{floor}"
    if low is not None and high is not None:
        return f"{low} til {t.times(high)} {year}"
    if low is not None:
        return f"minst {t.times(low)} {year}"
    return f"inntil {t.times(int(high or 0))} {year}"


def _meetings(t: Tongue, v: Values) -> str:
    verb = (
        t.pick("bør møtes", "bør møtast")
        if v.get("strength") == "should"
        else t.pick("skal møtes", "skal møtast")
    )
    halves = (
        t.pick(
            f", {v['spring']} om våren og {v['autumn']} om høsten",
            f", {v['spring']} om våren og {v['autumn']} om hausten",
        )
        if "spring" in v and "autumn" in v
        else ""
    )
    return f"Politirådet {verb} {_count(t, v)}{halves}."


def _agenda(t: Tongue, v: Values) -> str:
    return t.pick(
        f"Agenda sendes ut senest {v['days']} dager før møtet.",
        f"Dagsorden skal sendast ut seinast {v['days']} dagar før møtet.",
    )


def _submission(t: Tongue, v: Values) -> str:
    return t.pick(
        f"Saker til dagsorden meldes inn senest {v['days']} dager før møtet.",
        f"Saker til dagsorden skal meldast inn seinast {v['days']} dagar før møtet.",
    )


def _minutes(t: Tongue, v: Values) -> str:
    said = []
    if "public" in v:
        not_ = "" if v["public"] else t.pick("ikke ", "ikkje ")
        said.append(t.pick(f"er {not_}offentlig", f"er {not_}offentleg"))
    if v.get("archived"):
        said.append(t.pick("arkiveres", "vert arkivert"))
    return t.pick("Referat fra politirådets møter ", "Referat frå møta i politirådet ") + t.listed(said) + "."


def _attendance(t: Tongue, v: Values) -> str:
    verb = "bør" if v.get("strength") == "should" else "skal"
    where = v.get("where") or t.pick("politirådets møter", "møta i politirådet")
    return f"{v['who']} {verb} delta i {where} {_count(t, v)}."


def _task(t: Tongue, v: Values) -> str:
    done = t.pick("gjennomføres", "skal gjennomførast")
    return f"{v['what']} {done} minst {t.times(v['per_year_min'])} i året."


def _rotation(t: Tongue, v: Values) -> str:
    turn = t.pick("går på omgang mellom partene", "går på omgang mellom partane")
    return f"{v['what']} {turn}" + (f" {t.every(v['months'])}." if "months" in v else ".")


def _signatories(t: Tongue, v: Values) -> str:
    titles = v.get("titles") or {}
    who = [titles.get(role) or t.who(role) for role in v["roles"]]
    return t.pick("Avtalen signeres av ", "Avtala skal signerast av ") + t.listed(who) + "."


SENTENCES: Sentences = {
    ("meetings", "council"): _meetings,
    ("agenda", "lead"): _agenda,
    ("agenda", "submission"): _submission,
    ("council", "referatsak"): fixed(
        "Avtalen legges fram for kommunestyret som referatsak.",
        "Avtala skal leggjast fram for kommunestyret som referatsak.",
    ),
    ("council", "adoption"): fixed(
        "Avtalen vedtas av kommunestyret.", "Avtala skal vedtakast av kommunestyret."
    ),
    ("council", "orientation"): fixed(
        "Avtalen legges fram for kommunestyret til orientering.",
        "Avtala skal leggjast fram for kommunestyret til orientering.",
    ),
    ("minutes", "minutes"): _minutes,
    ("attendance", "yearly"): _attendance,
    ("task", "yearly"): _task,
    ("rotation", "every"): _rotation,
    ("deputies", "allowed"): fixed(
        "Ved forfall kan partene møte med stedfortreder.", "Ved forfall kan partane møte med stadfortredar."
    ),
    ("signatories", "roles"): _signatories,
    ("supplement", "to"): lambda t, v: t.pick(
        f"Denne avtalen er et tillegg til avtale av {t.day(v['date'])}.",
        f"Denne avtala er eit tillegg til avtale av {t.day(v['date'])}.",
    ),
}
