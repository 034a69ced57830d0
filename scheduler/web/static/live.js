// Reloads the page when the writer's files change: at the same place, with the same parts open.
"use strict";

(() => {
  const status = document.querySelector("[data-live]");
  if (!status) return;
  const HANDS = ["wheel", "touchstart", "pointerdown", "keydown"];
  const key = `reflexe ${location.pathname}`;
  const parts = () => [...document.querySelectorAll("details[id]")];
  let busy = false;
  // Asked again, a reload that is under way would begin anew.
  let leaving = false;
  // What a page in between couldn't show: a part that isn't there yet, a place below its end.
  let opened = {};
  let wanted = 0;
  let placed = 0;
  let touched = false;

  function restore() {
    const kept = JSON.parse(sessionStorage.getItem(key) || "null");
    sessionStorage.removeItem(key);
    if (!kept) return;
    for (const part of parts()) {
      if (part.id in kept.open) part.open = kept.open[part.id];
    }
    [opened, wanted] = [kept.open, kept.top];
    place();
    document.getElementById(kept.focus)?.focus({ preventScroll: true });
    addEventListener("load", settle, { once: true });
    for (const hand of HANDS) addEventListener(hand, moved, { once: true, passive: true });
  }

  function place() {
    window.scrollTo(0, wanted);
    placed = window.scrollY;
  }

  // A frame may have made the page longer, and a browser put it elsewhere, until all is there.
  function settle() {
    if (!touched) place();
    history.scrollRestoration = "auto";
  }

  function moved() {
    touched = true;
  }

  // At the last instant: until the new page is there, this one is scrolled and opened.
  function keep() {
    leaving = false;
    const open = { ...opened, ...Object.fromEntries(parts().map((part) => [part.id, part.open])) };
    const top = window.scrollY === placed ? wanted : window.scrollY;
    const focus = document.activeElement?.id || "";
    sessionStorage.setItem(key, JSON.stringify({ top, open, focus }));
  }

  function reload() {
    leaving = true;
    // Before the page is left: said while it's being left, it's too late for the new one.
    history.scrollRestoration = "manual";
    addEventListener("pagehide", keep, { once: true });
    location.reload();
  }

  async function look() {
    if (busy || leaving || document.hidden) return;
    busy = true;
    try {
      const answer = await fetch(status.dataset.live, { cache: "no-store" });
      const seen = answer.ok ? await answer.text() : "";
      if (seen && seen !== status.dataset.known) reload();
      else say(answer.ok ? status.dataset.following : status.dataset.lost);
    } catch {
      say(status.dataset.lost);
    } finally {
      busy = false;
    }
  }

  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  restore();
  status.hidden = false;
  say(status.dataset.following);
  setInterval(look, 500);
  document.addEventListener("visibilitychange", look);
})();
