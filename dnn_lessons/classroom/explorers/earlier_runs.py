"""The earlier runs of an explorer, which stay in its picture to be compared with the current run."""

MOST = 5  # of more lines in a picture, nobody tells one from another


class EarlierRuns:
    """States of earlier runs, the oldest first, each under the values for which it was computed."""

    def __init__(self):
        self._runs = {}

    def __len__(self):
        return len(self._runs)

    def keep(self, values, state):
        """Add a run; one for the same values, and the oldest of too many, go.

        Parameters
        ----------
        values : dict
            The values of the controls by name.
        state : NamedTuple
            The State in which the run was left.
        """
        key = tuple(values.items())
        self._runs.pop(key, None)
        self._runs[key] = state
        self._runs = dict(list(self._runs.items())[-MOST:])

    def named(self, now, controls):
        """Return the runs that differ from the current run, by what differs.

        Parameters
        ----------
        now : dict
            The values of the current run.
        controls : sequence of Control
            The controls, which know how to write their values.

        Returns
        -------
        dict
            {such as "rate η 0.3": State}.
        """
        runs = ((dict(key), state) for key, state in self._runs.items())
        others = ((values, state) for values, state in runs if values != now)
        return {_difference(values, now, controls): state for values, state in others}


def _difference(values, now, controls):
    """Return the values that differ from the current ones, in words."""
    return ", ".join(
        f"{control.label} {control.text(values[control.name])}"
        for control in controls
        if values.get(control.name) != now.get(control.name)
    )
