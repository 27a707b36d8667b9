// Explorers in a page without a kernel: explorer.js and picture.js run as they are, on a model that looks each move
// up in a table. The tables are scripts of their own, since a page from a file system may load nothing else. page.py
// defines LEVELS, of a map above its lowest, and ZERO, the letter that stands for no step from the level above.

const MISSING = "The book has no recording of these settings together. Reset leads back to the start; "
  + "in the lesson itself, the line of code below shows them.";

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

// The model of a table: the same values and the same commands as the kernel's side, explorer.py.
function recordedModel({ parts, answers, views, calls, function: name, ...fixed }) {
  const opened = opener(parts);
  const starts = fixed.controls.map(({ start }) => start);
  const traits = { ...fixed, indices: starts, request: ["", 0], answered: 0, playing: false, kept: 0 };
  let tell = () => {};
  let frames = [];
  let at = 0; // the frame that is shown
  let next = null; // the timer of a run that plays
  let computed = null; // the places of the controls that are no views, for the frames

  function show(frame) {
    at = Math.max(0, Math.min(frame, frames.length - 1));
    const [picture, words, verdict, done] = frames[at];
    Object.assign(traits, { picture: opened(picture), words, verdict, done, failed: false });
  }
  // Looks the frames up; returns whether there are any.
  function look() {
    const { indices } = traits;
    const moved = indices.map((place, i) => place !== starts[i] && `${fixed.controls[i].name}=${calls[i][place]}`);
    traits.code = `${name}(${moved.filter(Boolean).join(", ")})`;
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
    if (at === frames.length - 1) show(0);
  }
  const commands = {
    pause,
    clear() {},
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
      traits.indices = starts;
      pause();
      look();
      show(frames.length);
      computed = starts.filter((_, i) => !views[i]).join();
    },
    move() {
      const before = computed;
      computed = traits.indices.filter((_, i) => !views[i]).join();
      if (before === computed) {
        if (look()) show(at);
        return;
      }
      pause();
      if (!look()) return;
      show(0);
      if (fixed.runs) commands.play();
    },
  };
  commands.reset();
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
