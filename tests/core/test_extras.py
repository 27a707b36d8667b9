"""Advice on a missing package: it names the extra, and hides no fault of our own."""

import pytest

from dnn_lessons._extras import extra


def test_a_missing_package_is_named_with_the_extra_that_installs_it():
    with pytest.raises(ImportError) as told, extra("lessons"):
        raise ModuleNotFoundError("No module named 'a.b'", name="a.b")
    advice = "a is not installed; pip install 'dnn-lessons[lessons]' installs what this"
    assert str(told.value).startswith(advice)
    assert told.value.name == "a"
    assert type(told.value) is ImportError


def test_a_missing_module_of_our_own_stays_what_it_is():
    with pytest.raises(ModuleNotFoundError, match="absent"), extra("lessons"):
        import dnn_lessons.absent  # noqa: F401, PLC0415


def test_other_errors_pass():
    with pytest.raises(ImportError, match="cannot import name"), extra("lessons"):
        raise ImportError("cannot import name 'x'")
