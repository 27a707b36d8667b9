"""What is looked over in a page: whether all of an explorer has room, and how large its letters are."""

# The texts of an explorer that are wider than what holds them.
SPILLED = """section => {
  const room = document.createElement('canvas').getContext('2d');
  const wide = (node) => {
    const style = getComputedStyle(node);
    if (style.overflowX === 'auto') return false; // it is scrolled
    if (node.tagName !== 'SELECT') return node.scrollWidth > node.clientWidth + 1 && style.display !== 'inline';
    room.font = style.font;
    const text = node.selectedOptions[0].textContent;
    const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    return room.measureText(text).width + padding > node.clientWidth + 1;
  };
  const kinds = 'label, output, select, button, figure, figcaption, .dnn-legend, .dnn-key, .dnn-words, .dnn-note';
  const nodes = [section, ...section.querySelectorAll(kinds)];
  return nodes.filter((node) => node.checkVisibility() && wide(node)).map((node) => node.outerHTML.slice(0, 120));
}"""
# The texts that lie beside the explorer, or beside what a panel shows.
LEAVES = """section => {
  const text = 'svg text, label, output, select, input, button, figcaption, .dnn-key, .dnn-words, code';
  const frame = section.getBoundingClientRect();
  const inside = ({ left, right }, frame) => left >= frame.left - 0.5 && right <= frame.right + 0.5;
  const cut = (node) => {
    const box = node.getBoundingClientRect();
    if (!node.checkVisibility() || !box.width || node.closest('.dnn-scrolls')) return false;
    const clipped = node.closest('[clip-path]');
    const panel = clipped && clipped.ownerSVGElement.querySelector('clipPath rect');
    const around = clipped ? clipped.ownerSVGElement.getBoundingClientRect() : frame;
    if (!panel) return !inside(box, around);
    const { x, y, width, height } = panel.getBBox();
    const [left, top] = [around.left + x, around.top + y];
    const low = top + height;
    return !inside(box, { left, right: left + width + 2 }) || box.top < top - 3 || box.bottom > low + 3;
  };
  const name = (node) => node.textContent || node.outerHTML.slice(0, 100);
  return [...section.querySelectorAll(text)].filter(cut).map(name);
}"""
# The height in pixels of each kind of letters, with an example.
FONTS = """section => {
  const kinds = 'svg text, label, output, select, button, figcaption, .dnn-key, .dnn-words, .dnn-note, code';
  const nodes = section.querySelectorAll(kinds);
  return [...nodes].filter((node) => node.checkVisibility() && node.textContent.trim())
    .map((node) => [parseFloat(getComputedStyle(node).fontSize), node.textContent]);
}"""
