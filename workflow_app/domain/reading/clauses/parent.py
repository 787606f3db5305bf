"""Whether an agreement is valid as long as another: the supplement or part of a main agreement."""

from __future__ import annotations

from workflow_app.domain.reading.phrases import phrase

_PARENT = phrase(
    r"\b(?:like lenge som|lik lenge som|like lenge|så lenge|same (?:varigheit|gyldigheit|periode|tid)"
    r"|samme (?:varighet|gyldighet|periode|tid)|følger|følgjer|fylgjer|parallelt med)\b"
    r"[^.]{0,60}(?:hoved|hovud|overordn|samarbeids|ramme|tjeneste|teneste"
    r"|over-?ordna)\w* ?(?:samarbeids)?avtal|\b(?:hoved|hovud"
    r"|ramme)avtal\w*\b[^.]{0,30}\bgjeld\w* (?:tilsvarende|tilsvarande)"
    r"|\b(?:tillegg|supplement|delavtal\w*|vedlegg|bilag|<agreement>)\b[^;]{0,100}\b(?:same|samme)"
    r" (?:varigheit|varighet|gyldigheit|gyldighet|periode|løpetid) som (?:denne|den|han|ho)\b"
)
_OF_PARENT = phrase(
    r"\b(?:opphører|opphøyrer|utløper|går ut) (?:når|samtidig med|samstundes med|dersom|hvis) (?:hoved"
    r"|hovud|ramme"
    r"|den overordn)\w*(?: samarbeids)?avtal|"
    r"\b(?:hoved|hovud|ramme|overordn)\w*avtal\w*\b[^;]{0,80}\b(?:denne|føreliggjande"
    r"|foreliggende) (?:\w+)?avtal\w*"
    r" (?:følger|følgjer|fylgjer|har same|har samme|gjelder like|gjeld like)"
)
_MAIN = (
    r"(?:den |det |ein |en )?(?:(?:overordne(?:t|de|te)|overordna|over-?ordna) (?:\w+)?avtal\w*"
    r"|(?:hoved|hovud|ramme|samarbeids|selskaps|tjeneste|teneste)avtal\w*)"
)
_LENGTH = (
    r"(?:varighet|varigheit|gyldighet|gyldigheit|løpetid|avtaleperiode|virketid|verketid|avtaletid|opphør"
    r"|gyldighetstid|gyldigheitstid|varigheit|oppsigelse|oppseiing)(?:en|n|a|s|ens)?"
)
_AS = phrase(
    rf"\b{_LENGTH}\b[^.;]{{0,60}}\b(?:som|samanfallande med|sammenfallende med|følger|følgjer|fylgjer"
    rf"|lik|vises til"
    rf"|visast til|vis(?:er|ar) til|reguleres av|regulerast av|(?:gjelder|gjeld) (?:bestemmelsene|føresegnene"
    rf"|reglene|reglane|det som står|vilkårene|vilkåra) i) (?:for |i |av |reglane i |reglene i )?{_MAIN}"
    rf"|\b(?:følger|følgjer|fylgjer) (?:\w+ )?{_MAIN} ?(?:sin|si)? {_LENGTH}"
    r"|\b(?:følger|følgjer|fylgjer) \w+avtalens (?:varighet|gyldighet|løpetid|avtaleperiode)"
    rf"|\bom {_LENGTH}[^.;]{{0,40}} (?:i|av) {_MAIN} (?:gjelder|gjeld)"
    rf"|\b(?:bestemmelsene|føresegnene|reglene|reglane) om {_LENGTH}[^.;]{{0,60}}{_MAIN} (?:gjelder|gjeld)"
    r"|\b(?:same|samme) (?:varighet|varigheit|gyldighet\w*|gyldigheit\w*|løpetid) som (?:den )?avtal\w+"
    r" (?:den|han|ho) (?:hører|høyrer)"
    rf"|\b(?:like lenge som|så lenge|lik lenge som) {_MAIN}[^.;]{{0,70}}\b(?:løper|gjelder|gjeld|varer|varar"
    r"|er i kraft|står ved lag)"
    rf"|\b(?:same|samme) (?:gyldighetstid|gyldigheitstid|avtaletid|virketid|verketid) som {_MAIN}"
    rf"|\b(?:deler|delar) (?:skjebne|lagnad) med {_MAIN}"
)


def follows_parent(words: str) -> bool:
    """Whether the words tie the time of the agreement to that of another."""
    return any(pattern.search(words) is not None for pattern in (_PARENT, _OF_PARENT, _AS))
