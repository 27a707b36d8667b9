// A line does not begin with the comma after a formula, nor end with the bracket before it.

const BEFORE = /[(\[]+$/, AFTER = /^[)\],.;:?%]+/;

function keepTogether(formula) {
  const place = formula.closest(".math") ?? formula;
  const [before, after] = [place.previousSibling, place.nextSibling];
  const opening = before?.nodeType === Node.TEXT_NODE ? before.data.match(BEFORE)?.[0] ?? "" : "";
  const closing = after?.nodeType === Node.TEXT_NODE ? after.data.match(AFTER)?.[0] ?? "" : "";
  if (!opening && !closing) return;
  const whole = document.createElement("span");
  whole.style.whiteSpace = "nowrap";
  place.replaceWith(whole);
  whole.append(opening, place, closing);
  if (opening) before.data = before.data.slice(0, -opening.length);
  if (closing) after.data = after.data.slice(closing.length);
}

addEventListener("load", async () => {
  await globalThis.MathJax?.startup.promise; // a page without formulas loads no MathJax
  document.querySelectorAll('mjx-container:not([display="true"])').forEach(keepTogether);
});
