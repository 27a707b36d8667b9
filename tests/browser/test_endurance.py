"""A thousand moves, after which neither page nor kernel has grown, and a training that is as fast as without a page."""

import base64
import os

import numpy as np
import psutil
import pytest
from amounts import report
from compared import compare
from notebooks_of_our_own import CALLS, LONG, RACE, single
from pages import WATCH, in_view, opened, run_all, see, serious, settled, toggle

TURN = 50  # moves of a control before the next one has its turn
GROWTH = 0.05  # the share by which page and kernel may grow from move WARM on
WARM, MOVES = 200, 1000
ANSWERED = "count => window.latencies.length >= count"  # so many moves were seen


def kernel_of_last():
    """The process of the newest kernel."""
    children = psutil.Process(os.getpid()).children(recursive=True)
    return max(filter(is_kernel, children), key=lambda each: each.create_time())


def is_kernel(process):
    """Whether a process is a kernel; one that has ended meanwhile, as the browser's helpers do, is none."""
    try:
        return "ipykernel_launcher" in " ".join(process.cmdline())
    except psutil.Error:
        return False


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


class Traffic:
    """Counts the messages of the page that the kernel has not answered yet, as they pass."""

    def __init__(self, page):
        self.waiting = self.most = self.sent = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameSent", self._asked)
        session.on("Network.webSocketFrameReceived", self._told)

    def _asked(self, event):
        if holds(event, b"request"):
            self.sent += 1
            self.waiting += 1
            self.most = max(self.most, self.waiting)

    def _told(self, event):
        self.waiting -= holds(event, b"answered")


def holds(event, name):
    """Whether a frame of a websocket is a message of a widget that holds a value of this name."""
    data, opcode = event["response"]["payloadData"], event["response"]["opcode"]
    frame = base64.b64decode(data) if opcode == 2 else data.encode()
    return b'"comm_msg"' in frame and b'"%s"' % name in frame


def keys_along(control):
    """The arrow keys that move a control from end to end and back, without end, and its place after each."""
    tag, last = control.evaluate(
        "each => [each.tagName, each.options ? each.options.length - 1 : Number(each.max)]"
    )
    there, back = (
        ("ArrowDown", "ArrowUp") if tag == "SELECT" else ("ArrowRight", "ArrowLeft")
    )
    index, way = int(control.input_value()), 1
    while True:
        way = way if 0 <= index + way <= last else -way
        index += way
        yield (there if way == 1 else back), index


def moves(section):
    """A control, the key that moves it and its place then, MOVES times; each control has TURN of them in turn."""
    shown = section.locator(".dnn-inputs :is(input, select):visible")
    names = shown.evaluate_all("all => all.map(each => each.dataset.name)")
    # By name: a move may show a control or hide it, and so change which one is the third.
    controls = [section.locator(f".dnn-inputs [data-name='{name}']") for name in names]
    keys = [keys_along(control) for control in controls]
    for count in range(MOVES):
        which = count // TURN % len(names)
        yield names[which], controls[which], *next(keys[which])


class Moved:
    """An explorer in a page of its own, whose controls are moved along.

    `places` is where they stand, and `sizes` what `memory_of` gave after so many moves.
    """

    def __init__(self, page, errors, call):
        run_all(page, 1)
        self.page, self.errors, self.call = page, errors, call
        self.section = in_view(page.locator(".dnn-explorer"))
        self.section.evaluate(WATCH)
        self.traffic, self.memory = Traffic(page), memory_of(page)
        self.moves, self.places, self.sizes = moves(self.section), {}, {}

    def press(self, count):
        """Make the next move."""
        name, control, key, place = next(self.moves)
        if count % TURN == 1:
            control.focus()
        self.page.keyboard.press(key)
        self.places[name] = place

    def wait(self, count):
        """Wait until so many moves were seen."""
        self.page.wait_for_function(ANSWERED, arg=count, timeout=60_000)

    def measure(self, count):
        """Keep the memory after WARM moves and after all."""
        if count in (WARM, MOVES):
            settled(self.section)
            self.sizes[count] = self.memory()

    def judge(self, how):
        """The last value is shown, one move waited at most, neither the kernel nor the page has grown."""
        if self.section.locator("button[data-command='toggle']").count():
            toggle(self.section, "Pause")
        compare(settled(self.section))
        seen = see(self.section)["places"]
        assert {**seen, **self.places} == seen
        growth = self.sizes[MOVES] / self.sizes[WARM] - 1
        kernel, heap, nodes = (f"{each:+.1%}" for each in growth)
        report(
            f"{self.call} {how}: {self.traffic.sent} messages, {self.traffic.most} under way at most; "
            f"moves {WARM} to {MOVES}: kernel {kernel}, page {heap}, nodes {nodes}"
        )
        assert max(growth) < GROWTH
        assert 0 < self.traffic.sent <= MOVES + 1
        assert self.traffic.most == 1
        assert not serious(self.errors)


@pytest.mark.soak
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("how", ["fast", "slow"])
def test_a_thousand_moves(lab, browser, call, how):
    """A fast move does not wait for the answer to the one before; a slow one does."""
    with opened(browser, lab[0], single(call)) as (page, errors):
        moved = Moved(page, errors, call)
        for count in range(1, MOVES + 1):
            moved.press(count)
            if how == "slow":
                moved.wait(count)
            moved.measure(count)
        moved.judge(how)


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


@pytest.mark.soak
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
