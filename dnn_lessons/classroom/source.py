"""The code of the module, shown in a lesson as it runs."""

import inspect
from textwrap import dedent

from dnn_lessons._extras import extra

with extra("lessons"):
    from IPython.display import Markdown


def source(*objects):
    """Markdown with the source of functions or classes, in the order given; it cannot drift from what runs."""
    code = "\n\n".join(dedent(inspect.getsource(each)).rstrip() for each in objects)
    return Markdown(f"```python\n{code}\n```")
