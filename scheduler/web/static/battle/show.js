/* What every page of the battle shows alike: its words, the scale, and what the host found in a
   password. Nothing is sent, kept or read elsewhere from here. */
"use strict";

(function (root) {
  const MOST_POINTS = 24;
  const PER_SECOND = 10;
  const DAY = 86400;
  const MONTH = 30.44 * DAY;
  const YEAR = 365.25 * DAY;
  /* Seconds below which, the word, and what is counted in it: two at least. */
  const TIMES = [[1, "instant"], [60, "minute"], [3600, "hour"], [DAY, "day"], [2 * DAY, "two_days"], [2 * MONTH, "days", DAY], [2 * YEAR, "months", MONTH], [100 * YEAR, "years", YEAR], [Infinity, "ages"]];
  const SPACE = "http://www.w3.org/2000/svg";

  function made(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(key, "");
      else if (value !== false) element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  function button(text, act, kind = "") {
    const element = made("button", { type: "button", class: kind }, text);
    element.addEventListener("click", act);
    return element;
  }

  /* Said once, however often it is the same. */
  function say(text) {
    const place = document.getElementById("announce");
    if (place.textContent !== text) place.textContent = text;
  }

  /* Points, the power of ten and the zeros of the number are one figure: none of them rounds up. */
  const wholePower = (power) => Math.max(0, Math.floor(power));
  const pointsOf = (found) => Math.min(MOST_POINTS, wholePower(found.log10));

  /* Drawn with attributes alone: the page's policy takes no style of an element's own. */
  function bar(power) {
    const drawing = document.createElementNS(SPACE, "svg");
    const label = `${Math.min(MOST_POINTS, wholePower(power))} / ${MOST_POINTS}`;
    for (const [key, value] of [["class", "bar"], ["viewBox", "0 0 240 16"], ["preserveAspectRatio", "none"], ["role", "img"], ["aria-label", label]]) {
      drawing.setAttribute(key, value);
    }
    for (const width of [240, Math.max(2, Math.min(240, power * 10))]) {
      const box = document.createElementNS(SPACE, "rect");
      box.setAttribute("width", width);
      box.setAttribute("height", 16);
      drawing.append(box);
    }
    return drawing;
  }

  /* The field of a password that is made up. */
  const secretField = (id, hidden) =>
    made("input", { id, type: hidden ? "password" : "text", class: "secret", maxlength: 128, autocomplete: "off", autocapitalize: "none", spellcheck: "false" });

  /* In a language of ``given``, which ``speak`` changes. */
  function show(given) {
    let judge = null;
    let language = Object.keys(given.languages)[0];

    const content = () => given.languages[language];
    const word = (key, values = {}) =>
      content().words[key].replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
    /* French has nought in the singular. */
    const isOne = (count) => count === 1 || (count === 0 && language === "fr");
    const pointsWord = (count) => `${count} ${word(isOne(count) ? "point" : "points")}`;

    function measured(text) {
      const libraries = root.zxcvbnts;
      judge = judge || root.reflexeGuess.judge(
        libraries.core, libraries["language-common"], libraries["language-fr"], given.own);
      return judge.measured(text);
    }

    /* What was found in ``text``; ``taunted`` turns the host's words. */
    function result(found, text, hidden, taunted) {
      const power = Math.max(0, found.log10);
      const typed = root.reflexeGuess.asTyped(text, found.parts.map((one) => one.token));
      const parts = found.parts.map((one, at) => {
        const shown = hidden ? "•".repeat([...typed[at]].length) : typed[at];
        return made("li", {}, made("code", {}, shown), colonAfter(shown) + word(one.kind));
      });
      return [
        made("p", { class: "points" }, pointsWord(pointsOf(found))),
        bar(power),
        made("p", {}, `${word(power > 15 ? "many" : "guesses", { n: many(power), p: String(wholePower(power)) })}. ${word("time", { t: timeOf(power) })}`),
        made("p", { class: "taunt" }, taunt(power, taunted)),
        made("p", {}, word("found")),
        made("ul", { class: "found" }, ...parts),
      ];
    }

    /* A part is shown as it was typed; where a space ends it, the colon brings none. */
    const colonAfter = (text) => (/\s$/.test(text) ? word("colon").trimStart() : word("colon"));

    /* The number of guesses as it is said: its first figure, or none but its power of ten. */
    function guessesOf(power) {
      const whole = wholePower(power);
      return power > 15 ? 10 ** whole : Math.max(1, Math.floor(10 ** (power - whole))) * 10 ** whole;
    }

    const many = (power) => guessesOf(Math.min(power, 15)).toLocaleString(language);

    /* Of the number that is said, for whoever works it out. */
    function timeOf(power) {
      const seconds = guessesOf(power) / 10 ** PER_SECOND;
      const [, key, unit] = TIMES.find(([most]) => seconds < most);
      return word(key, { n: unit ? Math.round(seconds / unit) : "" });
    }

    function taunt(power, taunted) {
      const some = content().taunts.find(([most]) => power < most) || content().taunts.at(-1);
      return some[1][taunted % some[1].length];
    }

    /* What the page's own server wrote, in ``chosen``. */
    function speak(chosen) {
      language = chosen;
      document.documentElement.lang = language;
      document.title = content().title;
      for (const id of ["title", "intro", "warning", "person", "credit"]) {
        const place = document.getElementById(id);
        if (place) place.textContent = content()[id];
      }
      for (const one of document.querySelectorAll("[data-word]")) {
        one.textContent = word(one.dataset.word);
      }
      for (const one of document.querySelectorAll(".language")) {
        one.setAttribute("aria-pressed", String(one.dataset.language === language));
      }
    }

    /* In another language at a button's press; ``after`` draws anew what is on the screen. */
    function listen(after) {
      for (const one of document.querySelectorAll(".language")) {
        one.addEventListener("click", () => {
          speak(one.dataset.language);
          after();
        });
      }
      speak(language);
    }

    return { content, word, pointsWord, measured, result, timeOf, listen };
  }

  root.reflexeShow = { made, button, say, bar, pointsOf, secretField, show };
})(window);
