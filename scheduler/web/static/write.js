// Keeps the draft while it is typed, shows anew what is said of it, and counts an SMS.
"use strict";

(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const area = form.elements.text;
  const status = document.getElementById("saved");
  const panel = document.getElementById("panel");
  const counter = document.getElementById("count");
  const PAUSE = 1500;
  const AGAIN = 5000;
  // As the desk sent it: somebody may have typed before this was loaded.
  let kept = area.defaultValue;
  let timer = 0;
  let busy = false;
  let over = false;
  let sent = false;

  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  function later(pause) {
    clearTimeout(timer);
    if (!over) timer = setTimeout(keep, pause);
  }

  async function keep() {
    if (over || sent || area.value === kept) return;
    if (busy) return later(PAUSE);
    busy = true;
    const text = area.value;
    const body = new FormData();
    for (const name of ["version", "over", "seen"]) body.set(name, form.elements[name].value);
    body.set("text", text);
    body.set("proof", form.dataset.proof);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, redirect: "error" });
      const told = (answer.headers.get("content-type") || "").startsWith("application/json");
      if (answer.ok && told) {
        const found = await answer.json();
        form.elements.version.value = found.version;
        kept = text;
        say(found.said);
        look();
      } else if (told) {
        over = true;
        say((await answer.json()).fault);
      } else if (answer.status === 401 || answer.status === 403) {
        over = true;
        say(form.dataset.over);
      } else {
        say(form.dataset.again);
        later(AGAIN);
      }
    } catch {
      say(form.dataset.again);
      later(AGAIN);
    } finally {
      busy = false;
      if (area.value !== kept) later(PAUSE);
    }
  }

  async function look() {
    const asked = kept;
    const answer = await fetch(form.dataset.panel, { cache: "no-store" }).catch(() => null);
    if (!answer || !answer.ok || asked !== kept) return;
    const open = [...panel.querySelectorAll("details[open]")].map((one) => one.id);
    // The desk's own page, in which every word of a writer is escaped.
    panel.innerHTML = await answer.text();
    for (const one of panel.querySelectorAll("details")) if (open.includes(one.id)) one.open = true;
    again();
  }

  // Reading a shared text may take longer than a page waits.
  function again() {
    if (panel.querySelector("[data-unread]")) setTimeout(look, PAUSE);
  }

  const BASIC =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  const TWO = "\f^{}\\[]~|€";

  function count() {
    if (!counter) return;
    const signs = [...area.value.trim()];
    const plain = signs.every((one) => BASIC.includes(one) || TWO.includes(one));
    const own = plain
      ? signs.reduce((sum, one) => sum + (TWO.includes(one) ? 2 : 1), 0)
      : area.value.trim().length;
    const units = own + Number(area.dataset.suffix);
    const [one, many] = plain ? [160, 153] : [70, 67];
    const parts = units <= one ? 1 : Math.ceil(units / many);
    const word = parts > 1 ? area.dataset.parts : area.dataset.part;
    counter.textContent = `${units} ${area.dataset.signs}, ${parts} ${word} (${area.dataset.about})`;
  }

  area.addEventListener("input", () => {
    count();
    later(PAUSE);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && area.value !== kept) event.preventDefault();
  });
  for (const tools of form.querySelectorAll(".tools")) {
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const piece = event.target.dataset.insert;
      if (!piece) return;
      area.focus();
      area.setRangeText(piece, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input"));
    });
  }
  count();
  again();
  if (area.value !== kept) later(PAUSE);
})();
