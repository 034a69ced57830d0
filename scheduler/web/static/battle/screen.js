/* What the projector shows of a room: who is in it, the round, and what each team has. */
"use strict";

(function () {
  const given = JSON.parse(document.getElementById("data").textContent);
  const { made, say, bar, show } = window.reflexeShow;
  const { content, word, pointsWord, listen } = show(given);
  const play = document.getElementById("play");
  const joining = document.getElementById("joining");
  const base = location.pathname.replace(/\/ecran\/?$/, "");
  const POINTS = 24;
  /* So many have a line that is read from the back of the room; the others stand below. */
  const LARGE = 10;

  let state = null;
  let names = { roster: -1, names: {} };
  let shown = "";

  const here = window.reflexeRoom.room(base, { word, took, left });

  async function took(seen) {
    if (seen.roster !== names.roster) {
      const told = await here.ask("/noms");
      if (!told.ok) throw new Error(told.status);
      names = await told.json();
    }
    state = seen;
  }

  /* What was played goes from the wall with the room. */
  function left() {
    state = null;
    names = { roster: -1, names: {} };
    joining.hidden = true;
    document.body.classList.remove("after");
  }

  const called = (number) => names.names[number] || "";
  const count = (number) => `${number} ${word(number > 1 ? "team_many" : "team_one")}`;

  function draw(anew = false) {
    const now = JSON.stringify([state, names.roster]);
    if (!state || (now === shown && !anew)) return;
    shown = now;
    joining.hidden = !state.joining || state.open;
    joining.classList.toggle("small", state.round > 0);
    document.body.classList.toggle("after", state.round > 0 && !state.open);
    const title = heading();
    play.replaceChildren(title, ...(state.round ? roundParts() : waiting()));
    if (!here.missed) say(told());
  }

  function heading() {
    if (!state.round) return made("h2", {}, word("in_room", { n: count(state.teams.length) }));
    if (state.over) return made("h2", { id: "podium" }, winner(1, "champion"));
    return made("h2", {}, `${word("round")} ${state.round} ${word("of")} ${content().rounds.length} (${word(state.open ? "open_now" : "ended")})`);
  }

  const told = () => {
    if (!state.round || state.open) return "";
    return state.over ? winner(1, "champion") : winner(2, "winner");
  };

  function waiting() {
    if (!state.teams.length) return [made("p", {}, word("nobody"))];
    return [made("ul", { class: "roster" }, ...state.teams.map(([number]) => made("li", {}, made("bdi", {}, called(number)))))];
  }

  function roundParts() {
    const asked = made("p", { id: "ask" }, content().rounds[state.round - 1]);
    if (state.open) {
      const sent = state.teams.filter((one) => one[2] >= 0).length;
      return [asked, made("p", { class: "points" }, word("answered", { n: sent, m: state.teams.length })), ...waiting()];
    }
    return [state.over ? "" : asked, ...board()];
  }

  /* The strongest of this round first; at the end, of all of them. */
  function board() {
    const by = state.over ? 1 : 2;
    const most = state.over ? POINTS * content().rounds.length : POINTS;
    const order = [...state.teams].sort((one, other) => other[by] - one[by] || other[1] - one[1] || one[0] - other[0]);
    const lines = order.slice(0, LARGE).map((one) => made("tr", {},
      made("th", { scope: "row" }, made("bdi", {}, called(one[0]))),
      made("td", { class: "wide" }, bar(Math.max(0, one[by]) * POINTS / most)),
      made("td", {}, one[2] < 0 ? "–" : pointsWord(one[2])),
      made("td", {}, made("b", {}, String(one[1])))));
    const others = order.slice(LARGE).map((one) =>
      made("li", {}, made("bdi", {}, called(one[0])), word("colon"), String(Math.max(0, one[by]))));
    const table = made("div", { class: "scroll", role: "region", "aria-label": word("places"), tabindex: "0" },
      made("table", { class: "board" }, made("caption", {}, word("places")),
        made("thead", {}, made("tr", {}, made("th", { scope: "col" }, word("team")), made("td", {}),
          made("th", { scope: "col" }, `${word("round")} ${state.round}`), made("th", { scope: "col" }, word("total")))),
        made("tbody", {}, ...lines)));
    return others.length ? [table, made("ul", { class: "roster" }, ...others)] : [table];
  }

  function winner(by, key) {
    const points = state.teams.map((one) => one[by]);
    const most = Math.max(0, ...points);
    const first = points.indexOf(most);
    if (!most || points.lastIndexOf(most) !== first) return word("tie");
    return word(key, { team: called(state.teams[first][0]) });
  }

  async function turn() {
    await here.look();
    if (here.ended) return;
    draw();
    setTimeout(turn, here.rest());
  }

  listen(() => {
    if (here.ended) say(word(here.ended));
    draw(true);
  });
  turn();
})();
