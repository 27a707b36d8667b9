"""What the kernel and the page of an explorer share, and how a lesson shows it."""

from pathlib import Path

import anywidget
import traitlets as t
from IPython.display import display

from dnn_lessons.classroom.explorers.player import PACES
from dnn_lessons.classroom.explorers.still import still
from dnn_lessons.classroom.figures.display import bundle
from dnn_lessons.classroom.figures.looks import style_sheet

HERE = Path(__file__).parent
STILL_DPI = 120  # of the still picture: a file of a lesson stays small
VIEW = "application/vnd.jupyter.widget-view+json"
# A page without a kernel shows the still picture and the hint in place of JupyterLab's own message; where the
# explorer lives, it stands in their place.
HINT = """<style>
.jp-OutputArea-child:has(+ .jp-OutputArea-child .dnn-hint):has(+ * + .jp-OutputArea-child .dnn-explorer),
.jp-OutputArea-child:has(.dnn-hint):has(+ .jp-OutputArea-child .dnn-explorer) {{ display: none; }}
.jp-OutputArea-child:has(.dnn-hint) + .jp-OutputArea-child > .jp-OutputArea-output:not(:has(> *)) {{ display: none; }}
</style><p class="dnn-hint">{}</p>"""


def read(*names):
    """Return the text of files of this folder, one after the other.

    Parameters
    ----------
    *names : str
        The names of the files.

    Returns
    -------
    str
        Their text.
    """
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


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
    paces : list of str
        The speeds at which it can play.
    pace : int
        The index of the speed; the page sets it too.
    indices : list of int
        The place of each control among its values; the page sets it too.
    request : list
        The page's last command, and a number that counts its commands.
    answered : int
        The number of the last command that was answered.
    picture : dict
        The picture as picture.for_page returns it.
    words : str
        What the picture shows, or an error.
    verdict : str
        The name of the state that the words describe, such as "diverged".
    failed : bool
        Whether the words are an error.
    code : str
        The call that makes this explorer as it stands.
    playing : bool
        Whether a run plays.
    done : float
        The share of the run that is done.
    kept : int
        How many earlier runs are in the picture.
    function : str
        The name of the function in `code`.
    """

    _esm = read("picture.js", "explorer.js")
    _css = style_sheet() + read("explorer.css")
    title = t.Unicode().tag(sync=True)
    controls = t.Tuple().tag(sync=True, to_json=_for_page)
    runs = t.Bool(False).tag(sync=True)
    paces = t.List(list(PACES)).tag(sync=True)
    pace = t.Int(0).tag(sync=True)
    indices = t.List().tag(sync=True)
    request = t.List(["", 0]).tag(sync=True)
    answered = t.Int(0).tag(sync=True)
    picture = t.Dict().tag(sync=True)
    words = t.Unicode().tag(sync=True)
    verdict = t.Unicode().tag(sync=True)
    failed = t.Bool(False).tag(sync=True)
    code = t.Unicode().tag(sync=True)
    playing = t.Bool(False).tag(sync=True)
    done = t.Float(0).tag(sync=True)
    kept = t.Int(0).tag(sync=True)
    function = t.Unicode("Explorer")

    @property
    def values(self):
        """The value of each control by its name."""
        pairs = zip(self.controls, self.indices, strict=True)
        return {control.name: control.values[index] for control, index in pairs}

    def part(self, view):
        """Return the values of those controls that are views, or of the others.

        Parameters
        ----------
        view : bool
            Whether those that are views are wanted.

        Returns
        -------
        dict
            The values by the names of their controls.
        """
        names = {control.name for control in self.controls if control.view == view}
        return {name: value for name, value in self.values.items() if name in names}

    def starts(self):
        """Return the places of the values at which the controls start.

        Returns
        -------
        list of int
            What `indices` is then.
        """
        return [control.values.index(control.start) for control in self.controls]

    def place(self, values):
        """Set controls to values; a slider takes any number between its ends.

        Parameters
        ----------
        values : dict
            New values by the names of their controls.

        Raises
        ------
        ValueError
            For a name that no control has, or a value that its control cannot take.
        """
        self.require(values)
        wanted = {**self.values, **values}
        controls = [control.holding(wanted[control.name]) for control in self.controls]
        self.controls = tuple(controls)
        self.indices = [each.values.index(wanted[each.name]) for each in controls]

    def require(self, names):
        """Raise an error for names that no control has.

        Parameters
        ----------
        names : iterable of str
            The names.

        Raises
        ------
        ValueError
            For a name that no control has.
        """
        unknown = ", ".join(sorted(set(names) - set(self.values)))
        if unknown:
            raise ValueError(f"no control {unknown}; known: {', '.join(self.values)}")

    def write_code(self):
        """Set `code`; what stands as it started is left out."""
        starts = {control.name: control.start for control in self.controls}
        moved = [
            f"{name}={value!r}"
            for name, value in self.values.items()
            if value != starts[name]
        ]
        self.code = f"{self.function}({', '.join(moved)})"

    def figure(self):
        """Return the picture as it stands, for a page without a kernel or to be saved.

        Returns
        -------
        matplotlib.figure.Figure
            The picture.
        """
        return still(self.drawn)

    def _ipython_display_(self, **kwargs):
        """Show the picture and a hint, and after them the page's view, which takes their place."""
        words = f"{self.title}. {self.words}"
        data, metadata = bundle(self.figure(), words, STILL_DPI)
        display(data, raw=True, metadata=metadata)
        text = f"{words} Run this cell, and the picture can be moved."
        display({"text/html": HINT.format(text), "text/plain": text}, raw=True)
        self._display_view(kwargs)

    def _display_view(self, settings):
        """Show what becomes the live explorer in the page."""
        data, metadata = self._repr_mimebundle_(**settings)
        display({VIEW: data[VIEW]}, metadata=metadata, raw=True)
