"""The addresses at which the course opens elsewhere: Colab, Binder, Codespaces, and its own pages.

All of them follow from one setting, the variable GITHUB_REPOSITORY of the environment, "OWNER/NAME".
GitHub's own workflows set it, so whoever publishes the book publishes links to their own copy of the
course. Without it there are no such links.
"""

import os
import re
from typing import NamedTuple
from urllib.parse import quote

BRANCH = "main"
COLAB_BRANCH = "colab"  # what `python -m tools.colab` writes
FIRST = "00_start_here"
ZIP = "deep-neural-network-from-scratch.zip"
REPOSITORY = re.compile(r"[\w-]+/[\w.-]+")


class Launch(NamedTuple):
    """Where a repository on GitHub opens elsewhere.

    Parameters
    ----------
    repository : str
        Its owner and name, such as "OWNER/NAME".
    """

    repository: str

    def file(self, path):
        """Return the address of a file or folder of the course.

        Parameters
        ----------
        path : str
            Its path in the course.

        Returns
        -------
        str
            The address of its page, and of the picture itself for a picture.
        """
        if path.startswith("images/"):
            return self._raw(BRANCH, path)
        return f"https://github.com/{self.repository}/blob/{BRANCH}/{path}"

    def wheel(self, name):
        """Return the address of the package that the copies of the lessons for Colab install.

        Parameters
        ----------
        name : str
            The name of its file.

        Returns
        -------
        str
            The address.
        """
        return self._raw(COLAB_BRANCH, name)

    def colab(self, lesson):
        """Return the address at which Colab opens a lesson.

        Parameters
        ----------
        lesson : str
            Its name, such as "02_sigmoid".

        Returns
        -------
        str
            The address.
        """
        place = f"{self.repository}/blob/{COLAB_BRANCH}/{lesson}.ipynb"
        return f"https://colab.research.google.com/github/{place}"

    def binder(self, lesson):
        """Return the address at which Binder opens a lesson in JupyterLab.

        Parameters
        ----------
        lesson : str
            Its name, such as "02_sigmoid".

        Returns
        -------
        str
            The address.
        """
        opened = quote(f"lab/tree/notebooks/{lesson}.ipynb", safe="")
        return f"https://mybinder.org/v2/gh/{self.repository}/{BRANCH}?urlpath={opened}"

    def codespaces(self):
        """Return the address at which Codespaces makes a machine with the course.

        Returns
        -------
        str
            The address.
        """
        return f"https://codespaces.new/{self.repository}?quickstart=1"

    def archive(self):
        """Return the address of the zip file for a room without a network.

        Returns
        -------
        str
            The address on GitHub Pages, where the workflow publishes it beside the book.
        """
        owner, name = self.repository.split("/")
        return f"https://{owner.lower()}.github.io/{name}/{ZIP}"

    def _raw(self, branch, path):
        """Return the address of what a file holds."""
        return f"https://raw.githubusercontent.com/{self.repository}/{branch}/{path}"


def launch():
    """Return where the course opens elsewhere.

    Returns
    -------
    Launch or None
        None where GITHUB_REPOSITORY is not set.

    Raises
    ------
    ValueError
        Where it is something else than an owner and a name.
    """
    repository = os.environ.get("GITHUB_REPOSITORY", "")
    if repository and not REPOSITORY.fullmatch(repository):
        raise ValueError(f"GITHUB_REPOSITORY is {repository!r}, and not OWNER/NAME")
    return Launch(repository) if repository else None
