/* What the rules page does beyond plain links: text and rule stay in view together, and words of
   the text are marked, by mouse or keyboard, to make a rule of them. Nothing depends on it: the
   links lead both ways without it, and each paragraph has a way of its own. */
(() => {
  "use strict";

  const pane = document.getElementById("pane");
  if (!pane) return;
  const scrolls = () => getComputedStyle(pane).overflowY !== "visible";

  /* --- from the marked words to their rule, and back --- */

  function light() {
    const id = decodeURIComponent(location.hash.slice(1));
    for (const mark of pane.querySelectorAll("mark[data-marks]")) {
      mark.toggleAttribute("data-lit", id !== "" && mark.dataset.marks.split(" ").includes(id));
    }
  }

  function show(target, top) {
    // The browser would scroll the window too, and take the rule out of sight.
    window.scrollTo(0, top);
    const box = target.getBoundingClientRect(), around = pane.getBoundingClientRect();
    pane.scrollTop += box.top - around.top - pane.clientHeight / 3;
    target.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target || !pane.contains(target) || !scrolls()) return;
    const top = window.scrollY;
    setTimeout(() => show(target, top), 0);
  });
  window.addEventListener("hashchange", light);
  light();

  // A form about words of the text opens with those words in sight.
  const near = document.querySelector("#anew input[name=near]");
  if (near && near.value && scrolls()) {
    const blocks = [...pane.querySelectorAll("[data-at]")];
    const block = blocks.reverse().find((one) => Number(one.dataset.at) <= Number(near.value));
    if (block) {
      pane.scrollTop = block.getBoundingClientRect().top - pane.getBoundingClientRect().top
        + pane.scrollTop - pane.clientHeight / 3;
    }
  }

  /* --- words marked by hand --- */

  const marking = document.getElementById("marking");
  if (!marking) return;
  const part = (name) => document.getElementById(`marking-${name}`);
  const offer = part("offer"), make = part("make"), keys = part("keys"), use = part("use");
  const LONGEST = 2000;
  marking.hidden = false;

  function plain(range) {
    const copy = range.cloneContents();
    copy.querySelectorAll(".badge, .sr-only, .pick, .incomplete").forEach((extra) => extra.remove());
    copy.querySelectorAll("br, p, li, h3, h4").forEach((block) => block.before(" "));
    return copy.textContent;
  }

  function chosen() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!pane.contains(range.commonAncestorContainer)) return null;
    const quote = plain(range).replace(/\s+/g, " ").trim().slice(0, LONGEST);
    if (!quote) return null;
    const from = range.startContainer;
    const block = (from.nodeType === Node.TEXT_NODE ? from.parentElement : from).closest("[data-at]");
    if (!block) return { quote, near: "" };
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEnd(range.startContainer, range.startOffset);
    // Characters as the server counts them, one for each code point.
    return { quote, near: String(Number(block.dataset.at) + [...plain(before)].length) };
  }

  /* The clause of a form that stands open: the one last written in, else the first. */
  let written = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[name=quote]")) written = event.target;
  });
  function openClause() {
    const seen = [...document.querySelectorAll("textarea[name=quote]")].filter((one) => one.checkVisibility());
    return seen.includes(written) ? written : seen[0] || null;
  }

  // "toggle" does not bubble; it is caught on its way down.
  document.addEventListener("toggle", () => { use.hidden = openClause() === null; }, true);

  function offered() {
    const found = chosen();
    if (!found) return;
    use.hidden = openClause() === null;
    make.href = `${marking.dataset.url}?${new URLSearchParams(found)}#anew`;
    part("words").textContent = found.quote;
    part("said").textContent = `${part("label").textContent} ${found.quote}. ${make.textContent}`;
    offer.hidden = false;
  }

  function withdrawn() {
    offer.hidden = true;
    part("said").textContent = "";
  }

  use.addEventListener("click", () => {
    const found = chosen(), field = openClause();
    if (!found || !field) return;
    const place = field.form.elements.namedItem("near");
    field.value = found.quote;
    if (place) place.value = found.near;
    marks(false);
    field.focus();
  });

  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offered, 150);
  });
  pane.addEventListener("mousedown", withdrawn);
  // Pressing the button must not take the selection away before it has been used.
  marking.addEventListener("mousedown", (event) => event.preventDefault());

  /* --- and without a mouse --- */

  const STEPS = {
    ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"],
    ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"],
  };

  function begin() {
    const top = Math.max(0, pane.getBoundingClientRect().top);
    const blocks = [...pane.querySelectorAll("p[data-at], li[data-at], h3[data-at], h4[data-at]")];
    const first = blocks.find((block) => block.getBoundingClientRect().bottom > top + 4) || blocks[0];
    const walker = document.createTreeWalker(first, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".badge, .sr-only, .pick") || !node.data.trim()
        ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const text = walker.nextNode();
    if (!text) return;
    getSelection().collapse(text, 0);
    getSelection().modify("extend", "forward", "word");
  }

  function step(direction, by, extending) {
    const selection = getSelection();
    const old = [selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset];
    if (!extending) {
      if (direction === "forward" && by === "word") {
        selection.collapseToEnd();
      } else {
        selection.collapseToStart();
        selection.modify("move", direction, by);
      }
    }
    selection.modify("extend", extending ? direction : "forward", extending ? by : "word");
    if (!pane.contains(selection.anchorNode) || !pane.contains(selection.focusNode)) {
      selection.setBaseAndExtent(...old);
    }
  }

  function inSight() {
    const selection = getSelection();
    if (!selection.rangeCount) return;
    const end = document.createRange();
    end.setStart(selection.focusNode, selection.focusOffset);
    const box = end.getClientRects()[0], around = pane.getBoundingClientRect();
    if (!box) return;
    if (!scrolls()) {
      if (box.top < 0 || box.bottom > innerHeight) window.scrollBy(0, box.top - innerHeight / 2);
    } else if (box.top < around.top + 8 || box.bottom > around.bottom - 8) {
      pane.scrollTop += box.top - around.top - pane.clientHeight / 2;
    }
  }

  function marks(on) {
    keys.setAttribute("aria-pressed", String(on));
    part("help").hidden = !on;
    pane.toggleAttribute("data-marking", on);
    if (on) {
      pane.focus({ preventScroll: true });
      if (!chosen()) begin();
      offered();
    } else {
      getSelection().removeAllRanges();
      clearTimeout(waiting);
      withdrawn();
    }
  }

  keys.addEventListener("click", () => marks(keys.getAttribute("aria-pressed") !== "true"));
  pane.addEventListener("keydown", (event) => {
    if (!pane.hasAttribute("data-marking") || event.ctrlKey || event.altKey || event.metaKey) return;
    const found = STEPS[event.key];
    if (found) {
      step(found[0], found[1], event.shiftKey);
      inSight();
    } else if (event.key === "Enter" && chosen()) {
      offered();
      location.assign(make.href);
    } else if (event.key === "Escape") {
      marks(false);
      keys.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
})();
