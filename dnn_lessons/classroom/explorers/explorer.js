// The page's side of an explorer: labelled native inputs, a picture (picture.js) and words below it.
// It only gets, sets, listens and saves. The widget's base class keeps one message under way and merges later ones.

const PATIENCE = 4000; // milliseconds without an answer after which the reader is told
const HINT = "Point at a part of the picture, or go to it with Tab, to read its numbers here. A click keeps them.";
const BROKEN = "The page could not show this. Move a control to try again. The browser says:";
const SILENT = "The kernel does not answer. If it was stopped or started anew, run this cell again.";

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

// The index of the number that is nearest to a value, on the control's own scale.
function nearest(numbers, value) {
  const distances = numbers.map((number) => Math.abs(number - value));
  return distances.indexOf(Math.min(...distances));
}

// ---------------------------------------------------------------------------------------------- notes

// The note of the part that is pointed at, or else of the part chosen last, stands below the picture.
function noted(picture) {
  const note = element("div", { class: "dnn-note" });
  let notes = {};
  let chosen = null;
  const partOf = ({ target }) => target.closest(".dnn-part")?.dataset.part;
  function tell(part) {
    note.textContent = notes[part] ?? HINT;
  }
  function mark() {
    for (const part of picture.querySelectorAll(".dnn-part")) part.classList.toggle("dnn-chosen", part.dataset.part === chosen);
  }
  function choose(part) {
    if (!part) return;
    chosen = part;
    mark();
    tell(chosen);
  }
  function follow(now) {
    notes = now;
    note.hidden = !Object.keys(notes).length;
    for (const part of Object.keys(notes)) found(picture.querySelector(`[data-part="${CSS.escape(part)}"]`), `part ${part}`);
    mark();
    tell(chosen);
  }
  picture.addEventListener("mouseover", (event) => tell(partOf(event) ?? chosen));
  picture.addEventListener("mouseleave", () => tell(chosen));
  picture.addEventListener("focusin", (event) => choose(partOf(event)));
  picture.addEventListener("click", (event) => choose(partOf(event)));
  return { note, follow };
}

// ---------------------------------------------------------------------------------------------- the whole

function render({ model, el }) {
  const picture = element("div", { class: "dnn-picture", role: "group" });
  const { note, follow } = noted(picture);
  const { show: draw, end } = drawing(picture, { drag: guarded(drag), step: guarded(step), drawn: follow, guarded });
  const progress = element("progress", { max: 1, "aria-label": "progress" });
  const words = element("div", { class: "dnn-words", role: "status" });
  const code = element("code");
  const copy = element("button", { type: "button", class: "dnn-copy" }, "Copy");
  const inputs = element("div", { class: "dnn-inputs" });
  const buttons = element("div", { class: "dnn-buttons" });
  const shown = {}; // what was drawn last
  let rows = [];
  let patience = null;
  let due = null; // the frame in which what has changed will be drawn

  const waits = () => model.get("answered") < model.get("request")[1];

  function ask(command) {
    model.set("request", [command, model.get("request")[1] + 1]);
    model.set("indices", rows.map(({ index }) => index()));
    model.save_changes();
    section.setAttribute("aria-busy", true);
    clearTimeout(patience);
    patience = setTimeout(despair, PATIENCE);
  }
  // What an error of the page ends is done anew at the next change; its reader and the console hear of it.
  function guarded(act) {
    return (...given) => {
      try {
        act(...given);
      } catch (error) {
        clearTimeout(patience);
        say(`${BROKEN} ${error.message}`, true);
        for (const name of Object.keys(shown)) delete shown[name];
        section.setAttribute("aria-busy", waits());
        reportError(error);
      }
    };
  }
  function despair() {
    say(SILENT, true);
    words.scrollIntoView({ block: "nearest" }); // a reader looks at the control, which may be far above
  }
  // The control of a name, and its row.
  function named(name) {
    const which = model.get("controls").findIndex((control) => control.name === name);
    return { control: found(model.get("controls")[which], `control ${name}`), row: rows[which] };
  }
  function drag(places) {
    for (const [name, value] of Object.entries(places)) {
      const { control, row } = named(name);
      row.show(nearest(control.numbers, value));
    }
    ask("move");
  }
  function step(name, by) {
    const { control, row } = named(name);
    row.show(Math.max(0, Math.min(control.texts.length - 1, row.index() + by)));
    ask("move");
  }
  // Shows those controls that do something with the current choices, and that no handle sets.
  function showRows() {
    const chosen = (name) => named(name).control.texts[named(name).row.index()];
    model.get("controls").forEach(({ held, needs: [name, text] }, i) => {
      const acts = !name || chosen(name) === text;
      rows[i].node.style.display = acts && !held ? "" : "none";
    });
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
  function makeRows() {
    rows = model.get("controls").map((control) => controlRow(control, guarded(() => ask("move"))));
    rows.forEach(({ show }, i) => show(model.get("indices")[i]));
    inputs.replaceChildren(...rows.map(({ node }) => node));
  }
  // Shows all that the kernel has sent, whatever of it has changed.
  function update() {
    if (fresh("controls")) makeRows();
    if (fresh("picture")) draw(model.get("picture"));
    picture.setAttribute("aria-label", `${model.get("title")}. ${model.get("words")}`);
    progress.value = model.get("done");
    code.textContent = model.get("code");
    if (toggle) toggle.textContent = model.get("playing") ? "Pause" : "Play";
    if (pace) pace.show(model.get("pace"));
    clear.hidden = !model.get("kept");
    section.dataset.state = model.get("verdict");
    say(model.get("words"), model.get("failed"));
    section.setAttribute("aria-busy", waits());
    if (waits()) return;
    clearTimeout(patience);
    rows.forEach(({ show }, i) => show(model.get("indices")[i]));
    showRows();
  }
  // All that changes between two frames of the page is drawn once: a slow page does not fall behind the kernel.
  function soon() {
    due ??= requestAnimationFrame(() => {
      due = null;
      guarded(update)();
    });
  }
  function button(command, label, press = () => ask(command)) {
    const node = element("button", { type: "button", "data-command": command }, label);
    node.addEventListener("click", guarded(press));
    buttons.append(node);
    return node;
  }
  function reset() {
    model.get("controls").forEach(({ start }, i) => rows[i].show(start));
    ask("reset");
  }
  function setPace() {
    model.set("pace", pace.index());
    model.save_changes();
  }
  async function copyCode() {
    await navigator.clipboard.writeText(code.textContent);
    copy.textContent = "Copied";
    setTimeout(() => { copy.textContent = "Copy"; }, 1500);
  }
  copy.addEventListener("click", copyCode);

  // The label, and not the latest state of the run, is what a reader has pressed.
  const toggle = model.get("runs") && button("toggle", "Play", () => ask(toggle.textContent.toLowerCase()));
  if (toggle) button("step", "Step");
  const clear = button("clear", "Clear");
  button("reset", "Reset", reset);
  const pace = toggle && controlRow({ name: "pace", label: "speed", kind: "choice", texts: model.get("paces") }, guarded(setPace));
  if (pace) buttons.append(pace.node);

  const controls = element("div", { class: "dnn-controls" }, inputs, buttons);
  const section = element("div", { class: "dnn-explorer", role: "region", "aria-label": model.get("title") });
  section.append(controls, picture, note, ...(toggle ? [progress] : []), words);
  section.append(element("div", { class: "dnn-code" }, "as code: ", code, copy));
  el.append(section);
  guarded(update)();
  model.on("change", soon);
  return () => {
    clearTimeout(patience);
    end();
    model.off("change", soon);
  };
}

export default { render };
