// Draws a Picture, as picture.py describes it, into an element: a figure for each panel, its legend as text, its
// axes and marks as SVG in pixels of the page, so that letters keep their size on a phone and on a projector.

const MOST_OF_THE_SCREEN = 0.52; // the height of a panel
const LEAST_HEIGHT = 170; // pixels
const USUAL_LETTERS = 13.5; // pixels
const NARROWEST = 120; // pixels
const FARTHEST = 20_000; // pixels from the corner: browsers lose their way far outside
const REACH = 28; // pixels around a handle in which a finger takes hold of it
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => ESCAPED[sign]);
const pixels = (value) => Math.round(100 * Math.max(-FARTHEST, Math.min(FARTHEST, value))) / 100;

// Silence would leave a picture that stands still, so whatever the page lacks is an error.
function found(thing, name) {
  if (thing === undefined || thing === null) throw new Error(`The explorer has no ${name}.`);
  return thing;
}

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// ---------------------------------------------------------------------------------------------- axes

// Numbers of an axis to pixels and back. A number that a logarithmic axis does not have becomes NaN.
function scale({ low, high, log }, from, to) {
  const bend = log ? Math.log10 : (value) => value;
  const [first, last] = [bend(low), bend(high)];
  const place = (value) => from + ((bend(value) - first) / (last - first)) * (to - from);
  const back = (place) => {
    const value = first + ((place - from) / (to - from)) * (last - first);
    return log ? 10 ** value : value;
  };
  return { place, back };
}

// Every second tick is left out until the texts have room.
function roomy(ticks, room, font) {
  const letters = ticks.reduce((sum, [, text]) => sum + text.length + 2, 0);
  const crowded = ticks.length > 1 && letters * 0.6 * font > room;
  return crowded ? roomy(ticks.filter((_, i) => i % 2 === 0), room, font) : ticks;
}

function text(x, y, words, more = "") {
  return `<text x="${pixels(x)}" y="${pixels(y)}" ${more}>${escaped(words)}</text>`;
}

function axes(panel, view) {
  const { left, right, top, bottom, font } = view;
  const across = roomy(panel.x.ticks, right - left, font).map(([value, words]) => {
    const x = pixels(view.x.place(value));
    return `<path class="dnn-grid" d="M${x} ${top}V${bottom}"/>` + text(x, bottom + 1.25 * font, words, 'text-anchor="middle"');
  });
  const up = panel.y.ticks.map(([value, words]) => {
    const y = pixels(view.y.place(value));
    return `<path class="dnn-grid" d="M${left} ${y}H${right}"/>` + text(left - 6, y + 0.35 * font, words, 'text-anchor="end"');
  });
  const names = text((left + right) / 2, bottom + 2.6 * font, panel.x.label, 'class="dnn-axis" text-anchor="middle"')
    + text(2, top - 0.65 * font, panel.y.label, 'class="dnn-axis"');
  return `<g aria-hidden="true">${across.join("")}${up.join("")}${names}`
    + `<path class="dnn-spine" d="M${left} ${top}V${bottom}H${right}"/></g>`;
}

// ---------------------------------------------------------------------------------------------- marks

const polygon = (...corners) => (x, y, r) =>
  `M${corners.map(([a, b]) => `${pixels(x + a * r)} ${pixels(y + b * r)}`).join("L")}z`;
const disc = (share) => (x, y, r) =>
  `M${pixels(x - share * r)} ${pixels(y)}a${share * r} ${share * r} 0 1 0 ${2 * share * r} 0a${share * r} ${share * r} 0 1 0 ${-2 * share * r} 0z`;
const turned = (corners, angle) => corners.map(([a, b]) =>
  [a * Math.cos(angle) - b * Math.sin(angle), a * Math.sin(angle) + b * Math.cos(angle)]);
const PLUS = [[-0.35, -1], [0.35, -1], [0.35, -0.35], [1, -0.35], [1, 0.35], [0.35, 0.35],
  [0.35, 1], [-0.35, 1], [-0.35, 0.35], [-1, 0.35], [-1, -0.35], [-0.35, -0.35]];
const STAR = [...Array(10).keys()].map((i) =>
  [(i % 2 ? 0.5 : 1.2) * Math.sin((Math.PI * i) / 5), -(i % 2 ? 0.5 : 1.2) * Math.cos((Math.PI * i) / 5)]);
const MARKERS = {
  o: disc(1), ".": disc(0.6),
  s: polygon([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]),
  D: polygon([0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]),
  "^": polygon([0, -1.1], [1.1, 0.9], [-1.1, 0.9]), v: polygon([0, 1.1], [1.1, -0.9], [-1.1, -0.9]),
  P: polygon(...PLUS), X: polygon(...turned(PLUS, Math.PI / 4)), "*": polygon(...STAR),
};

const list = (values) => (Array.isArray(values) ? values : [values]);
const colour = (look) => `var(--dnn-${look.colour})`;
const stroke = (look, width) =>
  `style="stroke:${colour(look)};stroke-width:${width}px" stroke-dasharray="${look.dashes}" fill="none"`;
// A marker as light as the page would not be seen without an edge.
const fill = (look) => {
  const edge = ["label-0", "paper", "grid", "shade"].includes(look.colour) ? "ink" : "paper";
  return `style="fill:${colour(look)};stroke:var(--dnn-${edge})"`;
};

// The points in pixels; null where a point cannot be drawn.
function placed({ x, y }, view) {
  const ys = list(y);
  return list(x).map((each, i) => {
    if (each === null || ys[i] === null) return null;
    const point = [view.x.place(each), view.y.place(ys[i])];
    return point.some(Number.isNaN) ? null : point.map(pixels);
  });
}

function through(points) {
  let pen = "M";
  return points.map((point) => {
    const step = point ? `${pen}${point[0]} ${point[1]}` : "";
    pen = point ? "L" : "M";
    return step;
  }).join("");
}

function markers(points, look, size) {
  const shape = found(MARKERS[look.marker], `marker ${look.marker}`);
  const path = points.filter(Boolean).map(([x, y]) => shape(x, y, size / 2)).join("");
  return `<path ${fill(look)} stroke-width="${pixels(Math.min(1, size / 14))}" d="${path}"/>`; // small ones keep their colour
}

// A map becomes a bitmap of 256 colours, which is its bytes behind a header: nothing has to be compressed, and a
// picture may have dozens of maps. The palette of a scale is computed once for each theme.
const word = (value, bytes) => [...Array(bytes).keys()].map((i) => String.fromCharCode((value >> (8 * i)) & 255)).join("");
const palettes = {};
function palette(stops, style) {
  const hexes = stops.map((stop) => style.getPropertyValue(`--dnn-${stop}`).trim());
  palettes[hexes] ??= colours(hexes.map((hex) => [5, 3, 1].map((at) => parseInt(hex.slice(at, at + 2), 16))));
  return palettes[hexes];
}
// Blue, green and red of each byte, and a zero.
function colours(stops) {
  return [...Array(256).keys()].map((byte) => {
    const place = (byte / 255) * (stops.length - 1);
    const below = Math.min(Math.floor(place), stops.length - 2);
    const mixed = stops[below].map((part, k) => Math.round(part + (place - below) * (stops[below + 1][k] - part)));
    return String.fromCharCode(...mixed, 0);
  }).join("");
}
function image({ values, size: [columns, rows], scale: stops }, style) {
  const [bytes, known] = [atob(values), palette(stops, style)];
  const padding = "\0".repeat((4 - (columns % 4)) % 4); // a row is a multiple of four bytes
  const lines = [...Array(rows).keys()].map((row) => bytes.slice(row * columns, (row + 1) * columns) + padding).join("");
  const start = 54 + known.length;
  const file = "BM" + word(start + lines.length, 4) + word(0, 4) + word(start, 4);
  const sizes = word(40, 4) + word(columns, 4) + word(-rows, 4) + word(1, 2) + word(8, 2); // from the top down
  const rest = word(0, 4) + word(lines.length, 4) + word(2835, 4) + word(2835, 4) + word(256, 4) + word(0, 4);
  return `data:image/bmp;base64,${btoa(file + sizes + rest + known + lines)}`;
}

function line(mark, view) {
  const points = placed(mark, view);
  const dots = mark.markers ? markers(points, mark.look, 3.2 * mark.width) : "";
  return `<path ${stroke(mark.look, mark.width)} d="${through(points)}"/>${dots}`;
}
function points(mark, view) {
  return markers(placed(mark, view), mark.look, (mark.size * view.font) / USUAL_LETTERS);
}
function rects(mark, view) {
  const [right, bottom, top] = [mark.right, mark.bottom, mark.top].map(list);
  const boxes = list(mark.left).map((left, i) => {
    const [x, end] = [left, right[i]].map((value) => pixels(view.x.place(value)));
    const [y, low] = [top[i], bottom[i]].map((value) => pixels(view.y.place(value)));
    return `M${x} ${y}H${end}V${low}H${x}z`;
  });
  const edge = mark.edge ? "stroke:var(--dnn-ink)" : "stroke:none";
  return `<path style="fill:${colour(mark.look)};${edge}" d="${boxes.join("")}"/>`;
}
function level(mark, view) {
  const place = pixels(view[mark.axis].place(mark.at));
  const across = mark.axis === "y";
  const path = across ? `M${view.left} ${place}H${view.right}` : `M${place} ${view.top}V${view.bottom}`;
  const words = across
    ? text(view.right - 4, mark.below ? place + view.font : place - 5, mark.text, 'text-anchor="end" class="dnn-words-in"')
    : text(place + 5, view.top + view.font, mark.text, 'class="dnn-words-in"');
  return `<path ${stroke({ ...mark.look, dashes: "5 4" }, 1.2)} d="${path}"/>${words}`;
}
function arrow(mark, view) {
  const [[x0, y0], [x, y]] = placed(mark, view);
  const length = Math.hypot(x - x0, y - y0) || 1;
  const [a, b] = [(x - x0) / length, (y - y0) / length];
  const size = Math.min(4 * mark.width, length);
  const [foot, wide] = [[x - size * a, y - size * b], size / 2.2];
  const head = [[x, y], [foot[0] - wide * b, foot[1] + wide * a], [foot[0] + wide * b, foot[1] - wide * a]];
  return `<path ${stroke(mark.look, mark.width)} d="${through([[x0, y0], foot.map(pixels)])}"/>`
    + `<path style="fill:${colour(mark.look)}" d="${through(head.map((each) => each.map(pixels)))}z"/>`;
}
function words(mark, view) {
  const [x, y] = [view.x.place(mark.x), view.y.place(mark.y)].map(pixels);
  const lines = mark.text.split("\n");
  const first = y + view.font * mark.size * (0.35 - 0.6 * (lines.length - 1));
  const spans = lines.map((each, i) =>
    `<tspan x="${x}" y="${pixels(first + 1.2 * i * view.font * mark.size)}">${escaped(each)}</tspan>`);
  return `<text class="dnn-words-in" text-anchor="${mark.anchor}" style="fill:${colour(mark.look)};`
    + `font-size:${mark.size * view.font}px">${spans.join("")}</text>`;
}
function map(mark, view) {
  const [x, end] = [mark.left, mark.right].map((value) => pixels(view.x.place(value)));
  const [y, low] = [mark.top, mark.bottom].map((value) => pixels(view.y.place(value)));
  return `<image x="${x}" y="${y}" width="${end - x}" height="${low - y}" preserveAspectRatio="none"`
    + ` href="${image(mark, view.style)}"/>`;
}
// It is drawn larger than it looks, so that a finger finds it.
function handle(mark, view) {
  const [x, y] = [view.x.place(mark.x), view.y.place(mark.y)].map(pixels);
  const label = `${mark.text}: drag it, or move it with the arrow keys`;
  return `<g class="dnn-handle" tabindex="0" role="button" aria-label="${escaped(label)}" data-part="${mark.names}">`
    + `<circle cx="${x}" cy="${y}" r="14" class="dnn-reach"/><circle cx="${x}" cy="${y}" r="7" style="fill:${colour(mark.look)}"/></g>`;
}

const KINDS = { line, points, rects, level, arrow, words, map, handle };

function marked(mark, view) {
  const drawn = found(KINDS[mark.kind], `kind of mark ${mark.kind}`)(mark, view);
  const look = mark.look ? `data-look="${mark.look.colour}" ` : "";
  const faint = mark.faint ? 'opacity="0.4" ' : "";
  return `<g data-kind="${mark.kind}" ${look}${faint}data-label="${escaped(mark.label ?? "")}">${drawn}</g>`;
}

// Marks of one part that follow each other make one group, which can be pointed at and reached with Tab.
function grouped(marks, view, notes) {
  const groups = [];
  for (const mark of marks) {
    if (!groups.length || groups.at(-1).part !== mark.part) groups.push({ part: mark.part, drawn: [] });
    groups.at(-1).drawn.push(marked(mark, view));
  }
  return groups.map(({ part, drawn }) => (part && notes[part]
    ? `<g class="dnn-part" tabindex="0" role="img" data-part="${escaped(part)}" aria-label="${escaped(notes[part])}">${drawn.join("")}</g>`
    : drawn.join(""))).join("");
}

// ---------------------------------------------------------------------------------------------- panels

const SAMPLES = {
  line: (mark) => `<path ${stroke(mark.look, mark.width)} d="M1 7H27"/>${mark.markers ? markers([[14, 7]], mark.look, 8) : ""}`,
  points: (mark) => markers([[14, 7]], mark.look, Math.min(Math.max(mark.size, 7), 13)),
  rects: (mark) => `<path style="fill:${colour(mark.look)};stroke:var(--dnn-ink)" d="M3 2H25V12H3z"/>`,
};

function legend(marks) {
  return marks.filter(({ label }) => label).map((mark) =>
    `<span class="dnn-key"><svg width="28" height="14" aria-hidden="true" ${mark.faint ? 'opacity="0.5"' : ""}>`
    + `${SAMPLES[mark.kind](mark)}</svg>${escaped(mark.label)}</span>`).join("");
}

// Where a panel's axes lie in its svg, and what turns numbers into pixels.
function viewOf(panel, width, style) {
  const font = parseFloat(style.fontSize);
  const height = Math.max(LEAST_HEIGHT, panel.least[1], Math.min(panel.height * width, MOST_OF_THE_SCREEN * window.innerHeight));
  const letters = Math.max(0, ...panel.y.ticks.map(([, words]) => words.length));
  const framed = { left: 12 + 0.6 * font * letters, right: width - 1.2 * font, top: 1.8 * font, bottom: height - 3 * font };
  const inside = Math.min(width, height / panel.height); // a diagram keeps its shape
  const low = Math.max(inside * panel.height, panel.least[1]);
  const free = { left: (width - inside) / 2, right: (width + inside) / 2, top: 0, bottom: low };
  const box = panel.frame ? framed : free;
  const view = { ...box, font, style, width, height: panel.frame ? height : free.bottom };
  return { ...view, x: scale(panel.x, box.left, box.right), y: scale(panel.y, box.bottom, box.top) };
}

function newPanel() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const [caption, keys] = [element("figcaption"), element("div", { class: "dnn-legend" })];
  const clip = `dnn-${Math.random().toString(36).slice(2)}`; // a count would begin anew in each explorer
  return { figure: element("figure", { class: "dnn-panel" }, caption, keys, svg), caption, keys, svg, clip };
}

// What is written as it was is left alone: the page need not lay it out anew.
function written(node, name, value) {
  if (node[`dnn_${name}`] !== value) node[name] = value;
  node[`dnn_${name}`] = value;
}

// Writes the words around a panel, which decide how much room it has.
function frame(drawn, panel) {
  drawn.panel = panel;
  drawn.figure.classList.toggle("dnn-scrolls", panel.least[0] > 0);
  drawn.figure.style.flex = `${panel.weight} 1 ${Math.round(250 * panel.weight)}px`;
  written(drawn.caption, "textContent", panel.title);
  written(drawn.keys, "innerHTML", legend(panel.marks));
}

function fillPanel(drawn, width, notes, style) {
  const { panel } = drawn;
  const view = viewOf(panel, width, style);
  drawn.view = view;
  const { left, right, top, bottom, height } = view;
  drawn.svg.setAttribute("width", width);
  drawn.svg.setAttribute("height", height);
  drawn.svg.dataset.box = [left, right, top, bottom].join(" ");
  drawn.svg.dataset.x = [panel.x.low, panel.x.high, panel.x.log].join(" ");
  drawn.svg.dataset.y = [panel.y.low, panel.y.high, panel.y.log].join(" ");
  const clip = panel.frame ? `clip-path="url(#${drawn.clip})"` : "";
  const handles = panel.marks.filter(({ kind }) => kind === "handle");
  const others = panel.marks.filter(({ kind }) => kind !== "handle");
  drawn.svg.innerHTML = `<clipPath id="${drawn.clip}"><rect x="${left - 4}" y="${top - 4}" width="${right - left + 12}" height="${bottom - top + 8}"/></clipPath>`
    + (panel.frame ? axes(panel, view) : "")
    + `<g ${clip}>${grouped(others, view, notes)}</g>${grouped(handles, view, notes)}`;
}

// A mouse may press anywhere in the panel and takes the nearest handle; a finger has to meet one, so that the page can
// still be scrolled. Nothing is dragged out of its panel.
function draggable(drawn, drag) {
  const { svg } = drawn;
  let held = null; // the handle that is dragged
  const within = (value, low, high) => Math.max(low, Math.min(high, value));
  const pressed = ({ clientX, clientY }) => {
    const [frame, { left, right, top, bottom, width }] = [svg.getBoundingClientRect(), drawn.view];
    const share = width / frame.width; // less than 1 where the page is shown larger, as a slide is
    return [within(share * (clientX - frame.left), left, right), within(share * (clientY - frame.top), top, bottom)];
  };
  const distance = ([x, y], mark) => Math.hypot(x - drawn.view.x.place(mark.x), y - drawn.view.y.place(mark.y));
  const nearest = (place) => drawn.panel.marks.filter(({ kind }) => kind === "handle")
    .reduce((best, mark) => (!best || distance(place, mark) <= distance(place, best) ? mark : best), null);
  const moved = (event) => {
    const [x, y] = pressed(event);
    const places = [[held.names[0], drawn.view.x.back(x)], [held.names[1], drawn.view.y.back(y)]];
    drag(Object.fromEntries(places.filter(([name]) => name)));
  };
  svg.addEventListener("pointerdown", (event) => {
    const mark = nearest(pressed(event));
    if (!mark || (event.pointerType !== "mouse" && distance(pressed(event), mark) >= REACH)) return;
    held = mark;
    svg.setPointerCapture(event.pointerId);
    svg.querySelector(`[data-part="${CSS.escape(mark.names)}"]`).focus();
    moved(event);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => svg.hasPointerCapture(event.pointerId) && moved(event));
}

// The arrow keys on a handle move it by one step of its sliders.
function keyed(drawn, step) {
  const ways = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1] };
  drawn.svg.addEventListener("keydown", (event) => {
    const names = event.target.closest(".dnn-handle")?.dataset.part.split(",");
    if (!names || !ways[event.key]) return;
    const [which, by] = ways[event.key];
    step(names[which] || names[1 - which], by);
    event.preventDefault();
    event.stopPropagation();
  });
}

// Returns a function that shows a Picture in the element, and one that ends it; `drawn` hears of the notes each time, and
// `guarded` wraps what the page calls by itself.
function drawing(root, { drag, step, drawn, guarded }) {
  const panels = [];
  let picture = { panels: [], notes: {} };
  function redraw() {
    if (root.clientWidth < NARROWEST) return; // it is not in the page yet, or nobody can see it
    const style = getComputedStyle(root);
    const focused = panels.find(({ svg }) => svg.contains(document.activeElement));
    const part = focused && document.activeElement.dataset.part;
    picture.panels.forEach((panel, i) => frame(panels[i], panel));
    const widths = panels.map(({ figure, panel }) => Math.max(figure.clientWidth, panel.least[0])); // all are read before anything is drawn
    panels.forEach((each, i) => fillPanel(each, widths[i], picture.notes, style));
    drawn(picture.notes);
    if (part) focused.svg.querySelector(`[data-part="${CSS.escape(part)}"]`)?.focus({ preventScroll: true });
  }
  function show(next) {
    picture = next;
    while (panels.length < next.panels.length) {
      const made = newPanel();
      draggable(made, drag);
      keyed(made, step);
      panels.push(made);
      root.append(made.figure);
    }
    panels.splice(next.panels.length).forEach(({ figure }) => figure.remove());
    redraw();
  }
  const sizes = new ResizeObserver(guarded(redraw));
  const theme = new MutationObserver(guarded(redraw));
  sizes.observe(root);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  return { show, end: () => [sizes, theme].forEach((each) => each.disconnect()) };
}
