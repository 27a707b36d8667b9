// What a deck does beside reveal.js: formulas, and the keys of an explorer. Loaded before MathJax, which reads its settings here.

const SIZE = { width: 1280, height: 720 };
// How large an explorer is tried: its letters, and its share of the width, for a picture that is as high as it is wide.
const TRIES = [[1.5, 1], [1.4, 1], [1.3, 1], [1.2, 1], [1.1, 1], [1, 1], [1, 0.9], [1, 0.8], [1, 0.7], [1, 0.6], [0.9, 0.6]];
const MARGIN = 12; // pixels below an explorer
const IN_EXPLORER = ".dnn-explorer";
const PAGES = { PageUp: () => Reveal.prev(), PageDown: () => Reveal.next() }; // the keys of a presenter's remote control

window.MathJax = {
  tex: { tags: "none", inlineMath: [["$", "$"]], displayMath: [["$$", "$$"]] },
  options: { enableMenu: false },
  startup: {
    pageReady: async () => {
      await document.fonts.ready;
      await MathJax.startup.defaultPageReady();
      shrinkWideFormulas();
      document.documentElement.dataset.ready = "true";
    },
  },
};

// A formula that is wider than the slide gets smaller letters. Most slides have to be shown for a moment to be measured.
function shrinkWideFormulas() {
  for (const formula of document.querySelectorAll('.slides mjx-container[display="true"]')) {
    const hidden = [];
    for (let each = formula.closest("section"); each; each = each.parentElement.closest("section")) hidden.push([each, each.style.display]);
    for (const [each] of hidden) each.style.display = "block";
    const share = formula.parentElement.clientWidth / Math.max(formula.offsetWidth, formula.scrollWidth);
    if (share < 1) formula.style.fontSize = `${Math.floor(100 * share)}%`;
    for (const [each, display] of hidden) each.style.display = display;
  }
}

// The keys that an explorer needs, such as the arrows in a slider, do not turn the page.
function isForReveal() {
  return !document.activeElement?.closest(IN_EXPLORER);
}

document.addEventListener("keydown", (event) => {
  if (isForReveal()) return;
  if (event.key === "Escape") document.activeElement.blur();
  if (!(event.key in PAGES)) return;
  event.preventDefault();
  PAGES[event.key]();
}, true);

// An explorer is as large as its slide allows; how high it is shows only when it is drawn. Where the slide is left or the
// screen changes meanwhile, it is tried again.
async function fit(place) {
  const ground = place.closest(".slides > section > section");
  const screen = `${innerWidth} by ${innerHeight}`;
  if (!ground.offsetHeight || place.fitted === screen) return;
  place.fitted = screen;
  delete place.dataset.fitted;
  for (const [zoom, width] of TRIES) {
    Object.assign(place.style, { zoom, width: `${100 * width}%` });
    await drawn();
    if (place.fitted !== screen) return;
    if (!ground.offsetHeight) {
      place.fitted = null;
      return;
    }
    if (place.getBoundingClientRect().bottom <= ground.getBoundingClientRect().bottom - MARGIN * Reveal.getScale()) break;
  }
  place.dataset.fitted = screen;
}
const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
const explorers = [...document.querySelectorAll(".dnn-recorded")];
const fitAll = () => explorers.filter((place) => place.querySelector(IN_EXPLORER)).forEach(fit);
const arrived = new MutationObserver(fitAll);
explorers.forEach((place) => arrived.observe(place, { childList: true }));
addEventListener("resize", fitAll);

Reveal.on("slidechanged", () => {
  if (!isForReveal()) document.activeElement.blur();
  fitAll();
});
Reveal.initialize({
  ...SIZE,
  margin: 0,
  center: false,
  hash: true,
  slideNumber: "c/t",
  transition: "none",
  scrollActivationWidth: null,
  keyboardCondition: isForReveal,
  plugins: [RevealNotes],
});
