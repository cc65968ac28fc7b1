"""Chinese."""

from judge.wording.chinese import effects, names, results, running, values
from judge.wording.tables import Tables

CHINESE = Tables(
    sentences={
        **running.SENTENCES,
        **results.SENTENCES,
        **values.SENTENCES,
        **effects.SENTENCES,
    },
    terms=names.TERMS,
    verdicts=names.VERDICTS,
    meanings=names.MEANINGS,
    facts=names.FACTS,
    separator="、",
)
