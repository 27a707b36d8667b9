"""A thousand moves, after which neither page nor kernel has grown, and a training that is as fast as without a page."""

import os

import numpy as np
import psutil
import pytest
from compared import compare
from notebooks_of_our_own import LONG, RACE, TWO
from pages import WATCH, in_view, opened, press, run_all, serious, toggle

MOVED = {0: "z", 1: "learning_rate"}  # of the explorers of TWO: the control that is moved


def kernel_of_last():
    """The process of the newest kernel."""
    children = psutil.Process(os.getpid()).children(recursive=True)
    kernels = [
        each for each in children if "ipykernel_launcher" in " ".join(each.cmdline())
    ]
    return max(kernels, key=lambda each: each.create_time())


def memory_of(page):
    """What gives the bytes that the kernel and the page hold."""
    kernel, session = kernel_of_last(), page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def now():
        page.wait_for_timeout(2000)
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        values = {each["name"]: each["value"] for each in metrics}
        return np.array(
            [kernel.memory_info().rss, values["JSHeapUsedSize"], values["Nodes"]]
        )

    return now


@pytest.mark.soak
@pytest.mark.parametrize("slow", [False, True], ids=["fast", "slow"])
@pytest.mark.parametrize("which", MOVED, ids=MOVED.values())
def test_a_thousand_moves(lab, browser, which, slow):
    """The last value is shown, one move waits at most, neither the kernel nor the page grows."""
    with opened(browser, lab[0], TWO) as (page, errors):
        run_all(page, 2)
        section = page.locator(".dnn-explorer").nth(which)
        in_view(section)
        section.evaluate(WATCH)
        control = section.locator(f"input[data-name='{MOVED[which]}']")
        memory, sizes = memory_of(page), {}
        for count in range(1, 1001):
            key = "ArrowLeft" if (count // 50) % 2 else "ArrowRight"
            if slow:
                press(page, control, key)
            else:
                control.press(key)
            if count in (200, 1000):
                sizes[count] = memory()
        if section.locator("button[data-command='toggle']").count():
            toggle(section, "Pause")
        compare(section)
        growth = sizes[1000] / sizes[200] - 1
        kernel, heap, nodes = (f"{each:+.1%}" for each in growth)
        print(f"moves 200 to 1,000: kernel {kernel}, page {heap}, nodes {nodes}")  # noqa: T201
        assert max(growth) < 0.05
        assert not serious(errors)


# Pictures and epochs per second, from now on for so many milliseconds or to the end of the run.
LIVE = """([section, limit]) => new Promise(resolve => {
  const words = section.querySelector('.dnn-words');
  const epoch = () => Number(/Epoch ([\\d,]+)/.exec(words.textContent)[1].replace(',', ''));
  const [first, start] = [epoch(), performance.now()];
  let [pictures, last] = [0, ''];
  const look = () => {
    const now = section.querySelector('g[data-kind="line"][data-label="training"] path').getAttribute('d');
    pictures += now !== last;
    last = now;
    const seconds = (performance.now() - start) / 1000;
    const over = section.querySelector('[data-command="toggle"]').textContent === 'Play';
    if (over || seconds > limit) resolve([pictures / seconds, (epoch() - first) / seconds]);
    else requestAnimationFrame(look);
  };
  look();
})"""


def alone(page):
    """Epochs per second of the training without its explorer, in the same kernel."""
    cell = page.locator(".jp-CodeCell").nth(2)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "() => document.querySelectorAll('.jp-InputPrompt')[2].textContent.includes('*')"
    )
    page.wait_for_function(
        "() => !document.querySelectorAll('.jp-InputPrompt')[2].textContent.includes('*')"
    )
    return float(cell.locator(".jp-RenderedText").inner_text())


def live(section):
    """Pictures and epochs per second of the explorer."""
    toggle(in_view(section), "Play")
    rates = section.page.evaluate(LIVE, [section.element_handle(), 4])
    toggle(section, "Pause")
    section.locator("button[data-command='reset']").click()
    return rates


def test_a_training_at_once_draws_pictures_without_losing_a_fifth_of_its_speed(
    lab, browser
):
    """Counted in the page, in turn with trainings without one; printed, since another process may take the machine."""
    with opened(browser, lab[0], RACE) as (page, _):
        run_all(page, 1)
        section = page.locator(".dnn-explorer").first
        section.locator("select[data-name='pace']").select_option(label="at once")
        seen, own = [], [alone(page)]
        for _ in range(3):
            seen.append(live(section))
            own.append(alone(page))
    pictures, speeds = np.array(seen).T
    shares = speeds / ((np.array(own[1:]) + own[:-1]) / 2)
    text = f"{pictures.round(1)} pictures and {speeds.round()} epochs per second of {LONG:,} epochs"
    print(f"{text}, {(100 * shares).round()} % of the speed alone")  # noqa: T201
    assert np.median(pictures) > 5
    assert np.median(shares) > 0.4
