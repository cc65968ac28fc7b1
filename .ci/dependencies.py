"""Print what the program needs to run, a requirement a line, for an image that leaves some out."""

import re
import sys
import tomllib
from pathlib import Path

file, _, *left_out = sys.argv[1:]
for each in tomllib.loads(Path(file).read_text())["project"]["dependencies"]:
    if re.split(r"[\[<>=]", each)[0] not in left_out:
        print(each)
