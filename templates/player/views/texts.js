// The words of a part of the page that can be read: what is hidden, or is said by a control, is left out.

const NO_TEXT = "[hidden], .cg-hidden, [aria-hidden='true'], button, select, textarea, script, style, svg, rp, rt";

export function textsIn(doc, root) {
  const walker = doc.createTreeWalker(root, 4); // NodeFilter.SHOW_TEXT
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.trim() && !node.parentElement.closest(NO_TEXT)) found.push(node);
  }
  return found;
}
