// What a person with a screen reader, a keyboard or weak eyes needs, as far as a program can tell (WCAG 2.2 A and AA).
const found = [];
const say = (what, element) => found.push(what + ": " + (element ? element.outerHTML.slice(0, 120) : ""));
if (!document.documentElement.lang) say("no language");
if (!document.title) say("no title");
if (document.querySelectorAll("h1").length !== 1) say("not one h1");
if (!document.querySelector("main")) say("no main");
let last = 1;
for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
  const level = Number(heading.tagName[1]);
  if (level > last + 1) say("a heading level is skipped", heading);
  last = level;
}
const ids = new Set();
for (const element of document.querySelectorAll("[id]")) {
  if (ids.has(element.id)) say("an id stands twice", element);
  ids.add(element.id);
}
for (const control of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
  if (!control.labels || control.labels.length === 0) say("a control without a label", control);
}
for (const link of document.querySelectorAll("a, button")) {
  if (!link.textContent.trim() && !link.getAttribute("aria-label")) say("a link without a name", link);
}
for (const drawing of document.querySelectorAll("svg")) {
  if (drawing.getAttribute("aria-hidden") !== "true" && !drawing.querySelector("title")) say("a drawing without a name", drawing);
}
for (const table of document.querySelectorAll("table")) {
  if (!table.querySelector("th[scope]")) say("a table without heads", table);
}
for (const part of document.querySelectorAll("[aria-labelledby]")) {
  if (!document.getElementById(part.getAttribute("aria-labelledby"))) say("a name that is not there", part);
}
const numbers = text => (text.match(/[\d.]+/g) || []).map(Number);
const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const ground = element => {
  for (let at = element; at; at = at.parentElement) {
    const colour = numbers(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
const seen = new Set();
for (const element of document.querySelectorAll("body *:not(svg):not(svg *)")) {
  const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
  if (!own || element.getClientRects().length === 0 || element.classList.contains("skip")) continue;
  const style = getComputedStyle(element);
  const ink = numbers(style.color), paper = ground(element);
  const [a, b] = [light(ink), light(paper)].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
  const key = style.color + paper;
  if (ratio < (large ? 3 : 4.5) && !seen.has(key)) { seen.add(key); say("contrast " + ratio.toFixed(2), element); }
}
const root = document.scrollingElement;
if (root.scrollWidth > root.clientWidth) {
  const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest(".wide, .skip"));
  say("sideways scroll " + root.scrollWidth + " > " + root.clientWidth, wide[0]);
}
return found;
