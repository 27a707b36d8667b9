// Explorers in a page without a kernel: explorer.js and picture.js run as they are, on a model that looks each move
// up in a table. The tables are scripts of their own, since a page from a file system may load nothing else. page.py
// defines LEVELS, of a map above its lowest; ZERO, the letter that stands for no step from the level above; LOOKS, of
// earlier runs; LEAST_KEPT, the share of a run from which on it stays; and NAME, which stands for what was different in it.

const MISSING = "The book has no recording of these settings together. Reset leads back to the start; "
  + "in the lesson itself, the line of code below shows them.";

const ROOM = 1.2; // by which the axis of a cost goes beyond the curve of an earlier run

// Returns a function that opens a part of a table; each is opened once.
function opener(parts) {
  const known = {};
  function numbers([decimals, ...steps]) {
    let sum = 0;
    return steps.map((step) => (sum += step) / 10 ** decimals);
  }
  function bytes(letters, columns) {
    const levels = [];
    for (const letter of letters) levels.push((levels.at(-columns) ?? 0) + letter.charCodeAt(0) - ZERO);
    return btoa(String.fromCharCode(...levels.map((level) => Math.round((level * 255) / LEVELS))));
  }
  return function opened(value) {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(opened);
    if ("#" in value) {
      const { "#": number, of } = value;
      return (known[of + number] ??= opened(parts[of][number]));
    }
    if ("~" in value) return numbers(value["~"]);
    const fields = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, opened(each)]));
    return fields.kind === "map" ? { ...fields, values: bytes(fields.values, fields.size[0]) } : fields;
  };
}

// An axis around some of what it holds.
function around(axis, numbers) {
  const real = numbers.filter((number) => number !== null);
  const [low, high] = [Math.min(...real) / ROOM, Math.max(...real) * ROOM];
  return { ...axis, low: Math.max(axis.low, low), high: Math.min(axis.high, high) };
}

// An axis that holds what two axes hold.
function wider(one, two) {
  const length = ({ low, high, log }) => (log ? high / low : high - low);
  const [wide, other] = length(one) < length(two) ? [two, one] : [one, two];
  const added = other.ticks.filter(([number]) => number < wide.low || number > wide.high);
  const [low, high] = [Math.min(one.low, two.low), Math.max(one.high, two.high)];
  return { ...wide, low, high, ticks: [...wide.ticks, ...added].filter(([number]) => low <= number && number <= high) };
}

// A panel with the lines of earlier runs, each of them a line of that run's own panel in another look (ghosts.py).
function withEarlier(panel, how, runs) {
  if (!how) return panel;
  const { place, of, line, grows } = how;
  const lines = runs.map(({ label, panel: { marks } }, i) => {
    const { x, y } = marks.find(({ kind, look }) => kind === "line" && look.colour === of);
    return { ...line, x, y, look: LOOKS[i], label: line.label.replace(NAME, label) };
  });
  const marks = [...panel.marks.slice(0, place), ...lines, ...panel.marks.slice(place)];
  if (!grows) return { ...panel, marks };
  const [x, y] = ["x", "y"].map((name) =>
    runs.reduce((axis, run, i) => wider(axis, around(run.panel[name], lines[i][name])), panel[name]));
  return { ...panel, x, y, marks };
}

// The model of a table: the same values and the same commands as the kernel's side, explorer.py.
function recordedModel({ parts, answers, views, calls, home, earlier, function: name, ...fixed }) {
  const opened = opener(parts);
  const starts = fixed.controls.map(({ start }) => start);
  const traits = { ...fixed, indices: home, request: ["", 0], answered: 0, playing: false, kept: 0 };
  let tell = () => {};
  let frames = [];
  let at = 0; // the frame that is shown
  let next = null; // the timer of a run that plays
  let computed = home; // the places of the controls for the frames
  const left = new Map(); // {places of the controls that are no views: [all places, the frame in which a run was left]}

  const key = (places) => places.filter((_, i) => !views[i]).join();
  const moved = (places, now) => places.map((place, i) => [i, place]).filter(([i, place]) => place !== now[i]);

  // The run stays in the picture when another begins, as explorer.py and earlier_runs.py have it.
  function keep() {
    if (!earlier.length || !frames.length || frames[at][3] < LEAST_KEPT) return;
    left.delete(key(computed));
    left.set(key(computed), [computed, at]);
    if (left.size > LOOKS.length) left.delete(left.keys().next().value);
  }
  // The earlier runs in the current view, with what was different in each.
  function others() {
    const runs = [...left.values()].filter(([places]) => key(places) !== key(computed));
    return runs.map(([places, frame]) => {
      const here = places.map((place, i) => (views[i] ? traits.indices[i] : place));
      const label = moved(here, traits.indices).map(([i, place]) => `${fixed.controls[i].label} ${fixed.controls[i].texts[place]}`);
      return { label: label.join(", "), panels: opened(answers[here.join(",")][frame][0]).panels };
    });
  }
  function show(frame) {
    at = Math.max(0, Math.min(frame, frames.length - 1));
    const [stored, words, verdict, done] = frames[at];
    const [picture, runs] = [opened(stored), others()];
    const panels = picture.panels.map((panel, i) =>
      withEarlier(panel, earlier[i], runs.map((run) => ({ label: run.label, panel: run.panels[i] }))));
    Object.assign(traits, { picture: { ...picture, panels }, words, verdict, done, failed: false, kept: runs.length });
  }
  // Looks the frames up; returns whether there are any.
  function look() {
    const { indices } = traits;
    const given = moved(indices, starts).map(([i, place]) => `${fixed.controls[i].name}=${calls[i][place]}`);
    traits.code = `${name}(${given.join(", ")})`;
    frames = answers[indices.join(",")] ?? [];
    if (!frames.length) Object.assign(traits, { words: MISSING, verdict: "", failed: true });
    return frames.length > 0;
  }
  function pause() {
    clearTimeout(next);
    traits.playing = false;
  }
  function goOn() {
    const seconds = parseFloat(traits.paces[traits.pace]) || 0; // "at once" is no number
    const to = seconds ? at + 1 : frames.length - 1;
    next = setTimeout(() => {
      show(to);
      if (at < frames.length - 1) goOn();
      else pause();
      tell();
    }, 1000 * seconds * (frames[to][3] - traits.done));
  }
  function begin() {
    if (at < frames.length - 1) return;
    keep();
    show(0);
  }
  function arrive(places) {
    pause();
    left.clear();
    traits.indices = computed = places;
    look();
    show(frames.length);
  }
  const commands = {
    pause,
    clear() {
      left.clear();
      if (frames.length) show(at);
    },
    play() {
      pause();
      if (!frames.length) return;
      begin();
      traits.playing = true;
      goOn();
    },
    step() {
      pause();
      if (!frames.length) return;
      begin();
      show(at + 1);
    },
    reset() {
      arrive(home);
    },
    move() {
      if (key(traits.indices) === key(computed)) {
        if (look()) show(at);
        return;
      }
      pause();
      keep();
      computed = traits.indices;
      if (!look()) return;
      show(0);
      if (fixed.runs) commands.play();
    },
  };
  arrive(home);
  return {
    get: (trait) => traits[trait],
    set(trait, value) { traits[trait] = value; },
    save_changes() {
      const [command, number] = traits.request;
      if (number === traits.answered) return; // only the pace has changed
      commands[command]();
      traits.answered = number;
      tell();
    },
    on(event, react) { if (event === "change") tell = react; },
    off() { tell = () => {}; },
  };
}

// ---------------------------------------------------------------------------------------------- the page

const waiting = {}; // {name of an explorer: the places in the page that wait for its table}

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

// What each table calls.
window.dnnRecorded = async (name, text) => {
  const table = await unpacked(text);
  for (const place of found(waiting[name], `place for ${name}`)) {
    place.model = recordedModel(table);
    render({ model: place.model, el: place });
  }
};

function load(place) {
  const { explorer, tables } = place.dataset;
  if (waiting[explorer]) return waiting[explorer].push(place);
  waiting[explorer] = [place];
  return document.head.append(element("script", { src: `${tables}/${explorer}.js` }));
}

// The book's theme says light or dark in its own way; the style sheet of the explorers knows JupyterLab's.
function followTheme() {
  const dark = document.documentElement.dataset.theme === "dark";
  document.body.dataset.jpThemeLight = String(!dark);
}

function start() {
  followTheme();
  new MutationObserver(followTheme).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      load(target);
    }
  }, { rootMargin: "600px" });
  for (const place of document.querySelectorAll(".dnn-recorded")) seen.observe(place);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
