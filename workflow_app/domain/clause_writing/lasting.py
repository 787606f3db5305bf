"""How long the agreement lasts and when it is looked at again, each form as a sentence in both languages."""

from __future__ import annotations

from workflow_app.domain.clause_writing.words import SEASONS, WEEKDAYS, Sentences, Tongue, Values, fixed


def _agreement(t: Tongue, v: Values) -> str:
    scope = v.get("scope")
    return str(scope) if scope else t.pick("Avtalen", "Avtala")


def _since(t: Tongue, v: Values, name: str = "from") -> str:
    start = v.get(name)
    if start is None:
        return ""
    word = t.pick("fra", "frå")
    return f" {word} {t.pick('signering', 'signering') if start == 'signing' else t.day(start)}"


def _signed(t: Tongue, v: Values) -> str:
    when = t.day(v["date"])
    on = "i " if v["precision"] == "month" else ""
    return t.pick(f"Avtalen er signert {on}{when}.", f"Avtala er signert {on}{when}.")


def _signed_partly(t: Tongue, v: Values) -> str:
    month, day = (int(part) for part in v["date"].split("-")[2:])
    weekday = f"{t.pick(*WEEKDAYS[v['weekday']])} " if v.get("weekday") else ""
    return t.pick("Avtalen er signert ", "Avtala er signert ") + f"{weekday}{t.day_of_year(month, day)}."


def _period(t: Tongue, v: Values) -> str:
    gjelder = t.pick("gjelder", "gjeld")
    return f"{_agreement(t, v)} {gjelder}{_since(t, v)} til og med {t.day(v['to'])}."


def _duration(t: Tongue, v: Values) -> str:
    if v.get("from") is None:
        return f"{_agreement(t, v)} {t.pick('har en varighet på', 'varer i')} {t.term(v['months'])}."
    return f"{_agreement(t, v)} {t.pick('gjelder', 'gjeld')}{_since(t, v)} og i {t.term(v['months'])}."


def _open(t: Tongue, v: Values) -> str:
    return f"{_agreement(t, v)} {t.pick('gjelder', 'gjeld')}{_since(t, v)}."


def _until_terminated(t: Tongue, v: Values) -> str:
    least = f", men minst i {t.term(v['min_months'])}" if "min_months" in v else ""
    begun = f"{_since(t, v)} og" if v.get("from") else ""
    ended = t.pick("til den sies opp", "til ho vert sagt opp")
    return f"{_agreement(t, v)} {t.pick('gjelder', 'gjeld')}{begun} {ended}{least}."


def _as_parent(t: Tongue, v: Values) -> str:
    return t.pick(
        f"{_agreement(t, v)} gjelder like lenge som hovedavtalen.",
        f"{_agreement(t, v)} gjeld like lenge som hovudavtala.",
    )


def _revision(t: Tongue, v: Values) -> str:
    said = f"{t.pick('Avtalen revideres', 'Avtala skal reviderast')} {t.every(v['months'])}"
    anchor = v.get("anchor", "signing")
    if "month" in v:
        return f"{said} {t.pick('innen', 'innan')} {t.day_of_year(v['month'], v['day'])}."
    if anchor == "year_end":
        return f"{said} ved årets slutt."
    if anchor == "signing":
        return f"{said}."
    return f"{said}, {t.pick('regnet fra', 'rekna frå')} {t.day(anchor)}."


def _written(t: Tongue, v: Values) -> str:
    return t.pick(" skriftlig", " skriftleg") if v.get("written") else ""


def _evaluated(t: Tongue, v: Values) -> str:
    said = t.pick("Avtalen skal evalueres", "Avtala skal evaluerast") + _written(t, v)
    # In an evaluation that is due once, "by" is the day.
    who = v["by"] if isinstance(v.get("by"), list) else []
    return f"{said} av {t.listed([t.who(name) for name in who])}" if who else said


def _evaluation_yearly(t: Tongue, v: Values) -> str:
    said = f"{_evaluated(t, v)} {t.every(12)}"
    if "season" in v:
        return f"{said} {t.pick(*SEASONS[v['season']])}."
    if "month" in v:
        return f"{said} {t.pick('innen', 'innan')} {t.day_of_year(v['month'], v['day'])}."
    return f"{said}."


def _renewal_option(t: Tongue, v: Values) -> str:
    months = v["months"]
    if v.get("up_to"):
        length = "inntil " + t.term(months[0])
    elif len(months) > 1 and all(m % 12 == 0 for m in months):
        length = " + ".join(str(m // 12) for m in months) + " år"
    elif len(months) > 1:
        length = " + ".join(str(m) for m in months) + t.pick(" måneder", " månader")
    else:
        length = t.term(months[0])
    said = t.pick(
        f"Partene har opsjon på forlengelse i {length}", f"Partane har opsjon på forlenging i {length}"
    )
    if "notice_months" in v:
        before = t.term(v["notice_months"])
        said += t.pick(
            f"; opsjonen varsles senest {before} før utløp",
            f"; opsjonen skal varslast seinast {before} før utløp",
        )
    return f"{said}."


def _notice(t: Tongue, v: Values) -> str:
    who = {
        "one": t.pick("av hver av partene ", "av kvar av partane "),
        "all": t.pick("av partene i fellesskap ", "av partane i fellesskap "),
    }.get(v.get("by", ""), "")
    long = t.term(v["months"])
    # The genitive of a length: "2 års varsel", "6 måneders varsel".
    how = f"{who}med {long if long.endswith('s') else long + 's'}{_written(t, v)} varsel"
    return t.pick(f"Avtalen kan sies opp {how}.", f"Avtala kan seiast opp {how}.")


SENTENCES: Sentences = {
    ("signed", "date"): _signed,
    ("signed", "partial"): _signed_partly,
    ("validity", "period"): _period,
    ("validity", "duration"): _duration,
    ("validity", "open"): _open,
    ("validity", "until_terminated"): _until_terminated,
    ("validity", "as_parent"): _as_parent,
    ("revision", "every"): _revision,
    ("revision", "on_request"): fixed("Avtalen revideres ved behov.", "Avtala skal reviderast ved behov."),
    ("revision", "by_agreement"): fixed(
        "Avtalen kan bare revideres dersom partene er enige.",
        "Avtala kan berre reviderast dersom partane er einige.",
    ),
    ("revision", "after_election"): fixed(
        "Avtalen revideres etter hvert kommunevalg.", "Avtala skal reviderast etter kvart kommuneval."
    ),
    ("evaluation", "yearly"): _evaluation_yearly,
    ("evaluation", "once"): lambda t, v: f"{_evaluated(t, v)} {t.pick('innen', 'innan')} {t.day(v['by'])}.",
    ("evaluation", "continuous"): lambda t, v: f"{_evaluated(t, v)} {t.pick('løpende', 'løpande')}.",
    ("evaluation", "event"): lambda t, v: f"{_evaluated(t, v)} {v['event']}.",
    ("renewal", "automatic"): lambda t, v: t.pick(
        f"Avtalen fornyes automatisk for {t.term(v['months'])} om gangen.",
        f"Avtala vert fornya automatisk for {t.term(v['months'])} om gongen.",
    ),
    ("renewal", "option"): _renewal_option,
    ("renewal", "not_automatic"): fixed(
        "Avtalen fornyes ikke automatisk.", "Avtala vert ikkje fornya automatisk."
    ),
    ("termination", "notice"): _notice,
}
