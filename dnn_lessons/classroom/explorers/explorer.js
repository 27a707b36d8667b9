// The page's side of an explorer: labelled native inputs, one picture, one line of words.
// It only gets, sets, listens and saves. The widget's base class keeps one message under way and merges later ones.

const PATIENCE = 4000; // milliseconds without an answer after which the reader is told
const LARGEST = 1.8; // times its own size: a small diagram need not fill the screen
const HINT = "Point at a part of the picture, or go to it with Tab: what it holds stands here. A click keeps it.";
const SILENT = "The kernel does not answer. If it was stopped or started anew, run this cell again.";

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Silence would leave a picture that stands still, so whatever the page lacks is an error.
function found(thing, name) {
  if (!thing) throw new Error(`The explorer has no ${name}.`);
  return thing;
}

function part(picture, id) {
  return found(picture.querySelector(`[id="${id}"]`), `part ${id}`);
}

function moveLines(picture, lines) {
  for (const [id, path] of Object.entries(lines)) {
    found(picture.querySelector(`[id="${id}"] path`), `line ${id}`).setAttribute("d", path);
  }
}

// ---------------------------------------------------------------------------------------------- a control

const INPUTS = {
  slider: ({ texts }) => element("input", { type: "range", min: 0, max: texts.length - 1, step: 1 }),
  choice: ({ texts }) =>
    element("select", {}, ...texts.map((text, index) => element("option", { value: index }, text))),
};

// A labelled input. A slider's value is also given as text, which assistive technology reads.
function controlRow({ name, label, kind, texts }, onInput) {
  const id = `dnn-${Math.random().toString(36).slice(2)}`; // a count would begin anew in each explorer
  const input = found(INPUTS[kind], `control of the kind ${kind}`)({ texts });
  const output = element("output", { for: id });
  const show = (index) => {
    input.value = index;
    if (kind !== "slider") return;
    input.setAttribute("aria-valuetext", texts[index]);
    output.textContent = texts[index];
  };
  input.id = id;
  input.dataset.name = name;
  input.dataset.lmSuppressShortcuts = "true"; // otherwise JupyterLab takes the arrow keys
  input.addEventListener("input", () => {
    show(Number(input.value));
    onInput();
  });
  const node = element("div", { class: "dnn-row" }, element("label", { for: id }, label), input, output);
  return { node, show, index: () => Number(input.value) };
}

// ---------------------------------------------------------------------------------------------- the picture

// A transparent frame lies over each part of the picture that has a note. It can be pointed at and reached with Tab,
// and it stays when the picture is drawn anew. The note of the part chosen last stays below while controls move.
function annotated(picture) {
  const frames = element("div", { class: "dnn-parts", role: "group", "aria-label": "parts of the picture" });
  const stage = element("div", { class: "dnn-stage" }, picture, frames);
  const note = element("div", { class: "dnn-note" });
  let notes = {};
  let chosen = null;

  const all = () => [...frames.children];
  function tell(id) {
    note.textContent = notes[id] ?? HINT;
    note.classList.toggle("dnn-unsaid", !(id in notes));
  }
  function choose(id) {
    chosen = id;
    for (const frame of all()) frame.classList.toggle("dnn-chosen", frame.dataset.part === chosen);
    tell(chosen);
  }
  function frameOf(id) {
    return all().find((frame) => frame.dataset.part === id)
      ?? element("div", { "data-part": id, role: "img", tabindex: 0 });
  }
  // A frame that is in its place already is not moved, for it would lose the focus.
  function arrange() {
    const ids = Object.keys(notes);
    for (const frame of all()) if (!ids.includes(frame.dataset.part)) frame.remove();
    ids.forEach((id, i) => {
      const frame = frameOf(id);
      frame.setAttribute("aria-label", notes[id]);
      if (frames.children[i] !== frame) frames.insertBefore(frame, frames.children[i] ?? null);
    });
  }
  function cover() {
    if (!picture.clientHeight) return; // nothing is drawn, or it is not yet in the page
    const whole = picture.querySelector("svg").viewBox.baseVal;
    const parts = all().map((frame) => part(picture, frame.dataset.part));
    const boxes = parts.map((each) => each.getBBox()); // all are read before the first style is written
    const later = [...picture.querySelectorAll("g[id]")];
    all().forEach(({ style }, i) => {
      style.zIndex = later.indexOf(parts[i]); // what is drawn later lies above
      style.left = `${(100 * boxes[i].x) / whole.width}%`;
      style.top = `${(100 * boxes[i].y) / whole.height}%`;
      style.width = `${(100 * boxes[i].width) / whole.width}%`;
      style.height = `${(100 * boxes[i].height) / whole.height}%`;
    });
    stage.style.maxWidth = `${LARGEST * whole.width}px`;
  }
  function follow(now) {
    notes = now;
    for (const id of Object.keys(notes)) part(picture, id);
    note.hidden = !Object.keys(notes).length;
    arrange();
    cover();
    choose(chosen);
  }
  frames.addEventListener("mouseover", ({ target }) => tell(target.dataset.part));
  frames.addEventListener("mouseout", () => tell(chosen));
  frames.addEventListener("focusin", ({ target }) => choose(target.dataset.part));
  new ResizeObserver(cover).observe(picture);
  return { stage, note, follow };
}

// ---------------------------------------------------------------------------------------------- the whole

function render({ model, el }) {
  const rows = model.get("controls").map((control) => controlRow(control, () => ask("move")));
  const picture = element("div", { class: "dnn-picture", role: "img" });
  const { stage, note, follow } = annotated(picture);
  const progress = element("progress", { max: 1, "aria-label": "progress" });
  const words = element("div", { class: "dnn-words", role: "status" });
  const code = element("code");
  const buttons = element("div", { class: "dnn-buttons" });
  const shown = {}; // what was drawn last
  let patience = null;

  const waits = () => model.get("answered") < model.get("request")[1];

  function ask(command) {
    model.set("request", [command, model.get("request")[1] + 1]);
    model.set("indices", rows.map(({ index }) => index()));
    model.save_changes();
    clearTimeout(patience);
    patience = setTimeout(() => say(SILENT, true), PATIENCE);
  }
  function say(text, failed) {
    words.textContent = text;
    words.classList.toggle("dnn-failed", failed);
  }
  // Whether a value has changed since it was drawn last.
  function fresh(name) {
    const changed = shown[name] !== model.get(name);
    shown[name] = model.get(name);
    return changed;
  }
  function draw() {
    const whole = fresh("drawn");
    if (whole) picture.innerHTML = model.get("picture");
    if (fresh("lines") || whole) moveLines(picture, model.get("lines"));
    if (fresh("notes") || whole) follow(model.get("notes"));
  }
  // Shows all that the kernel has sent, whatever of it has changed.
  function update() {
    draw();
    picture.setAttribute("aria-label", `${model.get("title")}. ${model.get("words")}`);
    progress.value = model.get("done");
    code.textContent = model.get("code");
    if (toggle) toggle.textContent = model.get("playing") ? "Pause" : "Play";
    say(model.get("words"), model.get("failed"));
    section.setAttribute("aria-busy", waits());
    if (waits()) return;
    clearTimeout(patience);
    rows.forEach(({ show }, i) => show(model.get("indices")[i]));
  }
  function button(command, label, press) {
    const node = element("button", { type: "button", "data-command": command }, label);
    node.addEventListener("click", press);
    buttons.append(node);
    return node;
  }
  function reset() {
    model.get("controls").forEach(({ start }, i) => rows[i].show(start));
    ask("reset");
  }
  // The label, and not the latest state of the run, is what a reader has pressed.
  const toggle = model.get("runs") && button("toggle", "Play", () => ask(toggle.textContent.toLowerCase()));
  if (toggle) button("step", "Step", () => ask("step"));
  button("reset", "Reset", reset);

  const controls = element("div", { class: "dnn-controls" }, ...rows.map(({ node }) => node), buttons);
  const section = element("section", { class: "dnn-explorer", "aria-label": model.get("title") });
  section.append(controls, stage, note, ...(toggle ? [progress] : []), words);
  section.append(element("div", { class: "dnn-code" }, "as code: ", code));
  update();
  model.on("change", update);
  el.append(section);
  return () => {
    clearTimeout(patience);
    model.off("change", update);
  };
}

export default { render };
