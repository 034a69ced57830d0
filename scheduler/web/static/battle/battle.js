/* The password battle. Everything stays on this page: nothing is sent, kept or read elsewhere. */
"use strict";

(function () {
  const given = JSON.parse(document.getElementById("data").textContent);
  const { made, button, say, pointsOf, secretField, show } = window.reflexeShow;
  const { content, word, measured: judged, result, timeOf, listen } = show(given);
  const play = document.getElementById("play");
  const FEWEST_TEAMS = 2;
  const MOST_TEAMS = 6;

  let teams = [];
  let round = 0;
  let measured = [];
  let hidden = false;

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
      secretField(id, hidden),
      made("div", { id: `result-${number}` }));
  }

  function measure() {
    measured = teams.map((team, number) => {
      const text = document.getElementById(`secret-${number}`).value;
      const found = text.trim() ? judged(text) : null;
      team.points[round] = found ? pointsOf(found) : undefined;
      return found;
    });
    teams.forEach((team, number) => showResult(team, number));
    play.querySelector(".scores").replaceWith(scores());
    say(winner(teams.map((team) => team.points[round] || 0), "winner"));
  }

  function showResult(team, number) {
    const found = measured[number];
    const text = document.getElementById(`secret-${number}`).value;
    const parts = found ? result(found, text, hidden, round + number) : [];
    document.getElementById(`result-${number}`).replaceChildren(...parts);
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
  window.reflexeBattle = { log10: (text) => judged(text).log10, timeOf };
  listen(showAgain);
  showSetUp();
})();
