"""A build hook of hatchling: an environment made from a checkout gets settings of JupyterLab.

With them JupyterLab does not ask whether to fetch news, shows Markdown files as pages, and its
file browser starts in the folder that the command is given in, so that the links of the lessons
find their files.
"""

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SETTINGS = {
    "tools/jupyterlab_overrides.json": "share/jupyter/lab/settings/overrides.d/dnn-lessons.json",
    "tools/jupyter_lab_config.json": "etc/jupyter/jupyter_lab_config.json",
}


class _JupyterLabSettings(BuildHookInterface):
    """Add the settings to an editable wheel; any other wheel holds the package alone."""

    def initialize(self, version, build_data):
        """Add the settings."""
        if version == "editable":
            build_data["shared_data"].update(SETTINGS)
