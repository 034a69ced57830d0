/* A team on its telephone. What is typed is measured here and stays here: the team's name, its
   points and the round are all that leaves. */
"use strict";

(function () {
  const given = JSON.parse(document.getElementById("data").textContent);
  const { made, button, say, pointsOf, secretField, show } = window.reflexeShow;
  const { pause, room } = window.reflexeRoom;
  const { content, word, pointsWord, measured, result, listen } = show(given);
  const play = document.getElementById("play");
  const base = location.pathname.replace(/\/$/, "");
  const kept = `reflexe ${base}`;

  let me = JSON.parse(sessionStorage.getItem(kept) || "null");
  let state = null;
  let shown = "";
  let hidden = false;
  let ready = false;
  let wait = null;

  const here = room(base, { word, took, left });

  /* An older answer may come later. */
  function took(seen) {
    if (!state || seen.version >= state.version) state = seen;
  }

  /* The team and what it played go from the telephone with the room. */
  function left(why) {
    clearTimeout(wait);
    me = null;
    state = null;
    /* Where another server may have the room, the team is found again when the page is loaded. */
    if (why === "closed") sessionStorage.removeItem(kept);
  }

  /* One file at a time, and again where the server is busy: thirty telephones do it at once. */
  async function load(address) {
    for (;;) {
      const script = made("script", { src: address });
      const came = await new Promise((done) => {
        script.addEventListener("load", () => done(true));
        script.addEventListener("error", () => done(false));
        document.body.append(script);
      });
      if (came) return;
      script.remove();
      await pause(1000 + Math.random() * 2000);
    }
  }

  async function prepare() {
    for (const one of given.judge) await load(one);
    ready = true;
    const place = document.getElementById("ready");
    if (place) place.textContent = place.dataset.between ? counter() : word("loaded");
  }

  /* Before the first round that it can be played; after one nobody asks. */
  const counter = () => (ready ? (state?.round ? "" : word("loaded")) : word("loading"));

  const mine = () => state && me && state.teams.find(([number]) => number === me.team);

  /* What is on the screen, in a word: it is drawn anew when that is another. */
  function view() {
    if (!me) return "join";
    if (!state) return "wait";
    if (state.over) return "over";
    if (state.open) return `round ${state.round}`;
    return `closed ${state.round}`;
  }

  function draw(anew = false) {
    const now = view();
    if (now === shown && !anew) {
      standing();
      return;
    }
    /* At the first look the reader begins at the top, and not at our heading. */
    const came = shown !== "";
    /* What was said of a round that is over isn't true any more. */
    if (shown.startsWith("round") && !here.missed) say("");
    shown = now;
    if (now === "join") showJoin();
    else if (now.startsWith("round")) showRound();
    else showBetween();
    standing();
    if (came && !anew) play.querySelector("h2")?.focus();
  }

  const heading = (text) => made("h2", { tabindex: "-1" }, text);

  function showJoin() {
    const typed = document.getElementById("name")?.value || "";
    const fault = made("p", { id: "fault", class: "fault", role: "alert" });
    const form = made("form", {}, heading(word("your_team")),
      made("label", { for: "name" }, word("team_name")),
      made("p", { id: "name-why" }, word("team_why")),
      made("input", { id: "name", type: "text", maxlength: 24, autocomplete: "off", required: true, "aria-describedby": "name-why fault", value: typed }),
      fault,
      made("div", { class: "buttons" }, made("button", { type: "submit" }, word("join"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      join(form.querySelector("input"), fault);
    });
    play.replaceChildren(form);
  }

  async function join(field, fault) {
    let told = "lost";
    try {
      const answer = await here.ask("/equipe", { name: field.value });
      if (answer.ok) {
        me = await answer.json();
        sessionStorage.setItem(kept, JSON.stringify(me));
        say("");
        await here.look();
        if (here.ended) return;
        draw();
        prepare();
        return;
      }
      if (answer.status === 410) {
        here.end("closed");
        return;
      }
      if (answer.status !== 404) told = (await answer.json()).fault;
    } catch {
      /* Told below. */
    }
    fault.textContent = word(`fault_${told}`);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  const team = () => {
    const [before, after] = word("you_are").split("{team}");
    return made("p", {}, before, made("bdi", {}, me.name), after);
  };

  function showBetween() {
    const title = state && state.round ? word(state.over ? "places" : "wait_next", { n: state.round }) : word("wait_start");
    play.replaceChildren(heading(title), team(), made("p", { id: "standing" }),
      made("p", { id: "ready", "data-between": "yes" }, counter()));
  }

  function showRound() {
    const asked = content().rounds[state.round - 1];
    const check = made("input", { id: "hide", type: "checkbox", checked: hidden });
    const secret = secretField("secret", hidden);
    const place = made("div", { id: "result" });
    check.addEventListener("change", () => {
      hidden = check.checked;
      secret.type = hidden ? "password" : "text";
      place.replaceChildren();
    });
    const form = made("form", {},
      heading(`${word("round")} ${state.round} ${word("of")} ${content().rounds.length}`),
      made("p", { id: "ask" }, asked), team(),
      made("label", { for: "secret" }, word("password")), secret,
      made("label", { class: "check", for: "hide" }, check, ` ${word("hide")}`),
      made("div", { class: "buttons" }, made("button", { type: "submit" }, word("measure"))),
      made("p", { id: "ready" }, ready ? "" : word("loading")),
      place);
    const turn = state.round;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      measure(secret, place, turn);
    });
    play.replaceChildren(form);
    say(word("round_open", { n: turn }));
  }

  async function measure(secret, place, turn) {
    const text = secret.value;
    if (!text.trim() || !ready) {
      say(word(ready ? "type_first" : "loading"));
      secret.focus();
      return;
    }
    const found = measured(text);
    const points = pointsOf(found);
    place.replaceChildren(...result(found, text, hidden, turn + me.team));
    try {
      const answer = await here.ask("/points", { team: me.team, key: me.key, round: turn, points });
      /* 409: this round takes no more points. Whatever else: the server is busy, or away. */
      if (answer.status === 410) here.end("closed");
      else if (answer.ok && view() !== `round ${turn}`) say("");
      else if (answer.ok) say(word("sent", { p: pointsWord(points) }));
      else if (answer.status === 409) await late();
      else say(word("not_sent"));
    } catch {
      say(word("not_sent"));
    }
  }

  /* Said after what is drawn of the round's end. */
  async function late() {
    await here.look();
    if (here.ended) return;
    draw();
    say(word("too_late"));
  }

  /* Our own points and place; nobody else's name is asked for. */
  function standing() {
    const place = document.getElementById("standing");
    const own = mine();
    if (!place || !own) return;
    const better = state.teams.filter(([, total]) => total > own[1]).length;
    const told = [word("your_points", { p: pointsWord(own[1]) })];
    if (state.round && !state.open) told.push(word("your_place", { n: better + 1, m: state.teams.length }));
    const text = told.join(" ");
    if (place.textContent !== text) place.textContent = text;
  }

  function dropped() {
    me = null;
    sessionStorage.removeItem(kept);
    draw();
    say(word("dropped"));
  }

  async function turn() {
    clearTimeout(wait);
    if (here.ended) return;
    if (!document.hidden) {
      await here.look();
      if (here.ended) return;
      if (state && me && state.roster >= me.roster && !mine()) dropped();
      else draw();
    }
    clearTimeout(wait);
    wait = setTimeout(turn, here.rest() * (0.9 + Math.random() / 5));
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) turn(); });
  listen(() => {
    if (here.ended) {
      say(word(here.ended));
      return;
    }
    const typed = document.getElementById("secret")?.value;
    draw(true);
    if (typed) document.getElementById("secret").value = typed;
  });
  draw();
  turn();
  if (me) prepare();
})();
