"""From a problem and an answer to a report: keys, judging, redaction."""

from judge.pipeline.judging import Judge
from judge.pipeline.keys import Key, KeyPool, make_key

__all__ = ["Judge", "Key", "KeyPool", "make_key"]
