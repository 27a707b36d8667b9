"""What the kernel and the page of an explorer share, and how a lesson shows it."""

from pathlib import Path

import anywidget
import traitlets as t
from IPython.display import display

from dnn_lessons.classroom.explorers.text import argument_text

HERE = Path(__file__).parent
VIEW = "application/vnd.jupyter.widget-view+json"
# A page that was saved and opened again has no kernel: then the hint is seen instead of JupyterLab's own message.
HINT = """<style>
.jp-OutputArea-child:has(.dnn-hint):has(+ .jp-OutputArea-child .dnn-explorer) {{ display: none; }}
.jp-OutputArea-child:has(.dnn-hint) + .jp-OutputArea-child > .jp-OutputArea-output:not(:has(> *)) {{ display: none; }}
</style><p class="dnn-hint">{}</p>"""


def _for_page(controls, _):
    """Return what the page needs to know of the controls."""
    return [control.for_page() for control in controls]


class Page(anywidget.AnyWidget):
    """The values that kernel and page keep in step; the page's side is explorer.js.

    Parameters
    ----------
    *args, **kwargs : object
        As anywidget.AnyWidget takes them; the attributes by their names.

    Attributes
    ----------
    title : str
        What the page calls the explorer.
    controls : tuple of Control
        The inputs.
    runs : bool
        Whether there is a run to play.
    indices : list of int
        The place of each control among its values; the page sets it too.
    request : list
        The page's last command, and a number that counts its commands.
    answered : int
        The number of the last command that was answered.
    picture : str
        The last whole picture, an svg element.
    drawn : int
        How many whole pictures there were.
    lines : dict
        {gid: path} of the lines that were moved since.
    notes : dict
        {gid: text} of the parts of the picture that have a note.
    words : str
        What the picture shows, or an error.
    failed : bool
        Whether it is an error.
    code : str
        The call that makes this explorer as it stands.
    playing : bool
        Whether a run plays.
    done : float
        The share of the run that is done.
    function : str
        The name of the function in `code`.
    """

    _esm = HERE / "explorer.js"
    _css = HERE / "explorer.css"
    title = t.Unicode().tag(sync=True)
    controls = t.Tuple().tag(sync=True, to_json=_for_page)
    runs = t.Bool().tag(sync=True)
    indices = t.List().tag(sync=True)
    request = t.List(["", 0]).tag(sync=True)
    answered = t.Int(0).tag(sync=True)
    picture = t.Unicode().tag(sync=True)
    drawn = t.Int(0).tag(sync=True)
    lines = t.Dict().tag(sync=True)
    notes = t.Dict().tag(sync=True)
    words = t.Unicode().tag(sync=True)
    failed = t.Bool(False).tag(sync=True)
    code = t.Unicode().tag(sync=True)
    playing = t.Bool(False).tag(sync=True)
    done = t.Float(0).tag(sync=True)
    function = t.Unicode("Explorer")

    @property
    def values(self):
        """The value of each control by its name."""
        pairs = zip(self.controls, self.indices, strict=True)
        return {control.name: control.values[index] for control, index in pairs}

    @t.observe("indices", "function")
    def _write_code(self, _):
        """Set `code`; what stands as it started is left out."""
        moved = [
            argument_text(control.name, control.values[index])
            for control, index in zip(self.controls, self.indices, strict=True)
            if index != control.start
        ]
        self.code = f"{self.function}({', '.join(moved)})"

    def _ipython_display_(self, **kwargs):
        """Show a hint, and after it the page's view, which hides the hint."""
        text = f"{self.title}: run this cell, and the picture above moves here."
        hint = {"text/html": HINT.format(text), "text/plain": text}
        display(hint, raw=True)
        data, metadata = self._repr_mimebundle_(**kwargs)
        display({VIEW: data[VIEW]}, metadata=metadata, raw=True)
