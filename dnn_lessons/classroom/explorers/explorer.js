// The page's side of an explorer: labelled native controls, one picture, one line of words.
// At most one move is under way: the next is sent when the answer has come, and only the newest one.

const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

const slider = (control) =>
  element("input", { type: "range", min: 0, max: control.texts.length - 1, step: 1 });

const choice = (control) =>
  element("select", {}, ...control.texts.map((text, index) => element("option", { value: index }, text)));

// What kernel and page do not both know is an error, for silence would be a picture that stands still.
function known(thing, name) {
  if (!thing) throw new Error(`The explorer has no ${name}.`);
  return thing;
}

const INPUTS = { slider, choice };
const PATIENCE = 4000; // milliseconds after which a move without an answer is remarked on
const LARGEST = 1.8; // times its own size: a picture of two layers need not fill the screen
const HINT = "Point at a part of the picture, or go to it with Tab: what it holds stands here. A click keeps it.";
const SILENT = "The kernel does not answer. If it was stopped or started anew, run this cell again.";

function row(control, start, onMove) {
  const id = `dnn-${Math.random().toString(36).slice(2)}`; // each explorer loads this file anew: no counter is shared
  const input = known(INPUTS[control.kind], `control of the kind ${control.kind}`)(control);
  const shown = element("output", { for: id });
  const show = (index) => {
    input.value = index;
    if (control.kind !== "slider") return; // a drop-down shows and says its own
    input.setAttribute("aria-valuetext", control.texts[index]);
    shown.textContent = control.texts[index];
  };
  input.id = id;
  input.dataset.name = control.name;
  input.dataset.lmSuppressShortcuts = "true"; // JupyterLab would take the arrow keys away
  input.addEventListener("input", () => { show(Number(input.value)); onMove(); });
  show(start);
  const label = element("label", { for: id }, control.label);
  return { node: element("div", { class: "dnn-row" }, label, input, shown), input, show };
}

// Moves the lines that the kernel sends, {name: path}, in the last whole picture.
function redraw(picture, lines) {
  for (const [id, path] of Object.entries(lines)) {
    known(picture.querySelector(`[id="${id}"] path`), `line ${id}`).setAttribute("d", path);
  }
}

// The parts of the picture that have a note: each is pointed at, or reached with Tab, through a frame that lies over it
// and stays when the picture is drawn anew. The note of the one that was reached last stands below while controls move.
function annotated(picture) {
  const stage = element("div", { class: "dnn-stage" }, picture);
  const frames = element("div", { class: "dnn-parts", role: "group", "aria-label": "parts of the picture" });
  const note = element("div", { class: "dnn-note" });
  let notes = {};
  let chosen = null;

  const all = () => [...frames.children];
  const tell = (id) => {
    note.textContent = notes[id] ?? HINT;
    note.classList.toggle("dnn-unsaid", !(id in notes));
  };
  const choose = (id) => {
    chosen = id;
    for (const frame of all()) frame.classList.toggle("dnn-chosen", frame.dataset.part === chosen);
    tell(chosen);
  };
  const frameOf = (id) => all().find((frame) => frame.dataset.part === id)
    ?? element("div", { "data-part": id, role: "img", tabindex: 0 });

  function arrange() {
    const ids = Object.keys(notes);
    for (const id of ids) known(picture.querySelector(`[id="${id}"]`), `part ${id} to tell of`);
    for (const frame of all()) if (!ids.includes(frame.dataset.part)) frame.remove();
    ids.forEach((id, i) => {
      const frame = frameOf(id);
      frame.setAttribute("aria-label", notes[id]);
      if (frames.children[i] !== frame) frames.insertBefore(frame, frames.children[i] ?? null);
    });
  }
  function cover() {
    if (!picture.clientHeight) return; // nothing drawn, or not yet in the page
    const whole = picture.querySelector("svg").viewBox.baseVal;
    const groups = [...picture.querySelectorAll("g[id]")];
    const depths = all().map((frame) => groups.findIndex(({ id }) => id === frame.dataset.part));
    const boxes = depths.map((depth) => groups[depth].getBBox()); // all are read before the first is written
    const share = (length, of) => `${(100 * length) / of}%`;
    all().forEach(({ style }, i) => {
      style.zIndex = depths[i]; // what is drawn later lies above
      style.left = share(boxes[i].x, whole.width);
      style.top = share(boxes[i].y, whole.height);
      style.width = share(boxes[i].width, whole.width);
      style.height = share(boxes[i].height, whole.height);
    });
    stage.style.maxWidth = `${LARGEST * whole.width}px`;
  }
  frames.addEventListener("mouseover", ({ target }) => tell(target.dataset.part));
  frames.addEventListener("mouseout", () => tell(chosen));
  frames.addEventListener("focusin", ({ target }) => choose(target.dataset.part));
  new ResizeObserver(cover).observe(picture);
  const follow = (now) => {
    notes = now;
    note.hidden = !Object.keys(notes).length;
    arrange();
    cover();
    choose(chosen);
  };
  stage.append(frames);
  return { stage, note, follow };
}

function render({ model, el }) {
  const rows = model.get("controls").map((control, i) => row(control, model.get("indices")[i], moved));
  const picture = element("div", { class: "dnn-picture", role: "img" });
  const { stage, note, follow } = annotated(picture);
  const words = element("div", { class: "dnn-words", role: "status" });
  const state = element("code");
  const progress = element("progress", { max: 1, "aria-label": "progress" });
  const buttons = element("div", { class: "dnn-buttons" });
  let drawn = 0;
  let underWay = 0;
  let waiting = null;
  let patience = null;

  function draw() {
    if (drawn === model.get("drawn")) return;
    drawn = model.get("drawn");
    picture.innerHTML = model.get("picture");
  }
  function send(command) {
    known(model.get("commands").includes(command), `command ${command}`);
    underWay = model.get("move") + 1;
    section.setAttribute("aria-busy", "true");
    clearTimeout(patience);
    patience = setTimeout(() => say(SILENT, true), PATIENCE);
    model.set("indices", rows.map(({ input }) => Number(input.value)));
    model.set("command", command);
    model.set("move", underWay);
    model.save_changes();
  }
  function ask(command) {
    if (underWay) waiting = command;
    else send(command);
  }
  function moved() { ask(""); }
  function answered() {
    if (model.get("answered") < underWay) return;
    underWay = 0;
    clearTimeout(patience);
    say(model.get("words"), model.get("failed"));
    const next = waiting;
    waiting = null;
    if (next !== null) send(next);
    else section.setAttribute("aria-busy", "false");
  }
  function say(text, failed) {
    words.textContent = text;
    words.classList.toggle("dnn-failed", failed);
  }
  function reset() {
    model.get("starts").forEach((index, i) => rows[i].show(index));
    ask("reset");
  }
  function button(command, label, press = () => ask(command)) {
    const node = element("button", { type: "button", "data-command": command }, label);
    node.addEventListener("click", press);
    buttons.append(node);
    return node;
  }
  // What its label says is asked for, so that a Pause that comes as the run ends does not play it anew.
  const toggle = model.get("runs") ? button("toggle", "Play", () => ask(toggle.textContent.toLowerCase())) : null;
  if (toggle) button("step", "Step");
  button("reset", "Reset", reset);
  const on = {
    // A picture comes with its notes and lines, in any order: each is laid upon the picture that it belongs to.
    "change:drawn": () => { draw(); follow(model.get("notes")); },
    "change:notes": () => { draw(); follow(model.get("notes")); },
    "change:alt": () => picture.setAttribute("aria-label", model.get("alt")),
    "change:lines": () => { draw(); redraw(picture, model.get("lines")); },
    "change:words": () => say(model.get("words"), model.get("failed")),
    "change:failed": () => say(model.get("words"), model.get("failed")),
    "change:state": () => { state.textContent = model.get("state"); },
    "change:done": () => { progress.value = model.get("done"); },
    "change:playing": () => { if (toggle) toggle.textContent = model.get("playing") ? "Pause" : "Play"; },
    "change:indices": () => {
      if (!underWay) model.get("indices").forEach((index, i) => rows[i].show(index));
    },
    "change:answered": answered,
  };
  for (const [event, react] of Object.entries(on)) {
    model.on(event, react);
    if (event.startsWith("change:") && event !== "change:answered") react();
  }
  const controls = element("div", { class: "dnn-controls" }, ...rows.map(({ node }) => node), buttons);
  const section = element("section", { class: "dnn-explorer", "aria-label": model.get("title") }, controls, stage, note);
  if (toggle) section.append(progress);
  section.append(words, element("div", { class: "dnn-state" }, "as code: ", state));
  el.append(section);
  return () => {
    clearTimeout(patience);
    for (const [event, react] of Object.entries(on)) model.off(event, react);
  };
}

export default { render };
