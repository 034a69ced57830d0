/* The password battle. Everything stays on this page: nothing is sent, kept or read elsewhere. */
"use strict";

(function () {
  const given = JSON.parse(document.getElementById("data").textContent);
  const libraries = window.zxcvbnts;
  const play = document.getElementById("play");
  const MOST_POINTS = 24;
  const FEWEST_TEAMS = 2;
  const MOST_TEAMS = 6;
  const PER_SECOND = 10;
  /* Log10 of seconds. */
  const TIMES = [[0, "instant"], [3.556, "minutes"], [4.937, "hours"], [6.42, "days"], [9.5, "years"], [Infinity, "ages"]];

  let judge = null;
  let language = Object.keys(given.languages)[0];
  let teams = [];
  let round = 0;
  let measured = [];
  let hidden = false;

  const content = () => given.languages[language];
  const word = (key, values = {}) =>
    content().words[key].replace(/\{(\w)\}|\{team\}/g, (hole, name) => values[name || "team"]);

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

  function say(text) {
    document.getElementById("announce").textContent = text;
  }

  /* First: how many teams, and their names. */
  function showSetUp(count = FEWEST_TEAMS) {
    const names = teams.map((one) => one.name);
    const choice = made("select", { id: "count" });
    for (let number = FEWEST_TEAMS; number <= MOST_TEAMS; number += 1) {
      choice.append(made("option", { value: number, selected: number === count }, String(number)));
    }
    choice.addEventListener("change", () => {
      teams = teamsTyped();
      showSetUp(Number(choice.value));
      document.getElementById("count").focus();
    });
    const fields = made("div", { class: "teams" });
    for (let number = 0; number < count; number += 1) {
      const id = `name-${number}`;
      fields.append(made("div", {},
        made("label", { for: id }, `${word("team")} ${number + 1}`),
        made("input", { id, type: "text", class: "name", maxlength: 30, autocomplete: "off", value: names[number] || "" })));
    }
    const form = made("form", {},
      made("h2", {}, word("teams")),
      made("label", { for: "count" }, word("how_many")), choice, fields,
      made("div", { class: "buttons" }, made("button", { type: "submit" }, word("start"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      teams = teamsTyped();
      round = 0;
      showRound();
    });
    play.replaceChildren(form);
  }

  const teamsTyped = () => [...play.querySelectorAll("input.name")].map((one, number) => ({ name: one.value.trim(), number, points: [] }));

  /* One that has no name is called in the language of the moment. */
  const called = (team) => team.name || `${word("team")} ${team.number + 1}`;

  /* Then a round: a field a team, and what was measured. */
  function showRound() {
    const rounds = content().rounds;
    const last = round >= rounds.length - 1;
    measured = [];
    const title = made("h2", { id: "round", tabindex: "-1" }, `${word("round")} ${round + 1} ${word("of")} ${rounds.length}`);
    const check = made("input", { id: "hide", type: "checkbox", checked: hidden });
    check.addEventListener("change", () => {
      hidden = check.checked;
      for (const one of play.querySelectorAll("input.secret")) one.type = hidden ? "password" : "text";
    });
    const fields = made("div", { class: "teams" }, ...teams.map((team, number) => teamCard(team, number)));
    const form = made("form", {}, title, made("p", { id: "ask" }, rounds[round]),
      made("label", { class: "check", for: "hide" }, check, ` ${word("hide")}`), fields,
      made("div", { class: "buttons" }, made("button", { type: "submit" }, word("measure")),
        button(last ? word("end") : word("next"), () => (last ? showPodium() : nextRound()), "quiet"),
        button(word("again"), wipe, "quiet")),
      scores());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const here = secrets().indexOf(document.activeElement);
      const missing = missingAfter(here);
      const isNobody = secrets().every((one) => !one.value.trim());
      /* The key of Enter waits for everybody; the button measures whoever has typed. */
      if (missing === null || (here < 0 && !isNobody)) {
        measure();
        return;
      }
      secrets()[missing].focus();
      say(word("missing", { team: called(teams[missing]) }));
    });
    play.replaceChildren(form);
    title.focus();
    say(word("nothing"));
  }

  const secrets = () => [...play.querySelectorAll("input.secret")];

  /* The next team that has typed nothing, from the one that has the keyboard; null: all have. */
  function missingAfter(here) {
    const fields = secrets();
    const order = fields.map((_, step) => (here + 1 + step) % fields.length);
    return order.find((number) => !fields[number].value.trim()) ?? null;
  }

  function teamCard(team, number) {
    const id = `secret-${number}`;
    return made("section", { class: "team", "aria-labelledby": `team-${number}` },
      made("h3", { id: `team-${number}` }, called(team)),
      made("label", { for: id }, word("password")),
      made("input", { id, type: hidden ? "password" : "text", class: "secret", maxlength: 128, autocomplete: "off", autocapitalize: "none", spellcheck: "false" }),
      made("div", { id: `result-${number}` }));
  }

  function measure() {
    judge = judge || window.reflexeGuess.judge(
      libraries.core, libraries["language-common"], libraries["language-fr"], given.own);
    measured = teams.map((team, number) => {
      const text = document.getElementById(`secret-${number}`).value;
      const found = text.trim() ? judge.measured(text) : null;
      team.points[round] = found ? Math.min(MOST_POINTS, wholePower(found.log10)) : undefined;
      return found;
    });
    teams.forEach((team, number) => showResult(team, number));
    play.querySelector(".scores").replaceWith(scores());
    say(winner(teams.map((team) => team.points[round] || 0), "winner"));
  }

  function showResult(team, number) {
    const place = document.getElementById(`result-${number}`);
    const found = measured[number];
    if (!found) {
      place.replaceChildren();
      return;
    }
    const power = Math.max(0, found.log10);
    const text = document.getElementById(`secret-${number}`).value;
    const typed = window.reflexeGuess.asTyped(text, found.parts.map((one) => one.token));
    const parts = found.parts.map((one, at) =>
      made("li", {}, made("code", {}, hidden ? "•".repeat([...typed[at]].length) : typed[at]), word("colon") + word(one.kind)));
    place.replaceChildren(
      made("p", { class: "points" }, `${team.points[round]} ${word(isOne(team.points[round]) ? "point" : "points")}`),
      bar(power),
      made("p", {}, `${word(power > 15 ? "many" : "guesses", { n: many(power), p: String(wholePower(power)) })}. ${word("time", { t: word(timeOf(power)) })}`),
      made("p", { class: "taunt" }, taunt(power, number)),
      made("p", {}, word("found")),
      made("ul", { class: "found" }, ...parts));
  }

  /* French has nought in the singular. */
  const isOne = (count) => count === 1 || (count === 0 && language === "fr");

  /* Drawn with attributes alone: the page's policy takes no style of an element's own. */
  function bar(power) {
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    const label = `${Math.min(MOST_POINTS, wholePower(power))} / ${MOST_POINTS}`;
    for (const [key, value] of [["class", "bar"], ["viewBox", "0 0 240 16"], ["preserveAspectRatio", "none"], ["role", "img"], ["aria-label", label]]) {
      drawing.setAttribute(key, value);
    }
    for (const width of [240, Math.max(2, Math.min(240, power * 10))]) {
      const box = document.createElementNS(space, "rect");
      box.setAttribute("width", width);
      box.setAttribute("height", 16);
      drawing.append(box);
    }
    return drawing;
  }

  /* Points, the power of ten and the zeros of the number are one figure: none of them rounds up. */
  const wholePower = (power) => Math.max(0, Math.floor(power));

  function many(power) {
    const whole = wholePower(Math.min(power, 15));
    return (Math.max(1, Math.floor(10 ** (power - whole))) * 10 ** whole).toLocaleString(language);
  }

  function timeOf(power) {
    return TIMES.find(([most]) => power - PER_SECOND <= most)[1];
  }

  function taunt(power, number) {
    const some = content().taunts.find(([most]) => power < most) || content().taunts.at(-1);
    return some[1][(round + number) % some[1].length];
  }

  const total = (team) => team.points.reduce((sum, one) => sum + (one || 0), 0);

  function scores() {
    const heads = content().rounds.map((_, number) => made("th", { scope: "col" }, String(number + 1)));
    const rows = teams.map((team) => made("tr", {},
      made("th", { scope: "row" }, called(team)),
      ...content().rounds.map((_, number) => made("td", {}, String(team.points[number] ?? "–"))),
      made("td", {}, made("b", {}, String(total(team))))));
    return made("div", { class: "scroll scores", role: "region", "aria-label": word("scores"), tabindex: "0" },
      made("table", {}, made("caption", {}, word("scores")),
        made("thead", {}, made("tr", {}, made("th", { scope: "col" }, word("team")), ...heads, made("th", { scope: "col" }, word("total")))),
        made("tbody", {}, ...rows)));
  }

  function winner(points, key) {
    const most = Math.max(...points);
    const first = points.indexOf(most);
    return most === 0 || points.lastIndexOf(most) !== first ? word("tie") : word(key, { team: called(teams[first]) });
  }

  function nextRound() {
    round += 1;
    showRound();
  }

  function showPodium() {
    const title = made("h2", { id: "podium", tabindex: "-1" }, winner(teams.map(total), "champion"));
    play.replaceChildren(title, scores(), made("div", { class: "buttons" }, button(word("again"), wipe)));
    title.focus();
    say(title.textContent);
  }

  function wipe() {
    teams = [];
    measured = [];
    showSetUp();
    say("");
    document.getElementById("count").focus();
  }

  function speak(chosen) {
    language = chosen;
    document.documentElement.lang = language;
    document.title = content().title;
    for (const id of ["title", "intro", "warning", "person", "credit"]) {
      document.getElementById(id).textContent = content()[id];
    }
    document.getElementById("person-title").textContent = word("person");
    document.getElementById("rules").textContent = word("rules");
    document.getElementById("scale").textContent = word("scale");
    for (const one of document.querySelectorAll(".language")) {
      one.setAttribute("aria-pressed", String(one.dataset.language === language));
    }
  }

  for (const one of document.querySelectorAll(".language")) {
    one.addEventListener("click", () => {
      speak(one.dataset.language);
      showAgain();
    });
  }

  /* The same as is on the screen, in another language: nothing that was typed is lost. */
  function showAgain() {
    if (play.querySelector("#podium")) {
      showPodium();
    } else if (play.querySelector("#round")) {
      const typed = [...play.querySelectorAll("input.secret")].map((field) => field.value);
      const again = measured.length > 0;
      showRound();
      typed.forEach((text, number) => { document.getElementById(`secret-${number}`).value = text; });
      if (again) measure();
    } else {
      teams = teamsTyped();
      showSetUp(teams.length);
    }
  }

  /* For whoever tests what the page makes of a password. */
  window.reflexeBattle = {
    log10: (text) => {
      judge = judge || window.reflexeGuess.judge(
        libraries.core, libraries["language-common"], libraries["language-fr"], given.own);
      return judge.measured(text).log10;
    },
  };
  speak(language);
  showSetUp();
})();
