/* How a page of a room, a telephone's or the projector's, asks the room how things stand: again
   and again, more slowly while nothing answers, and no more once the room is closed or isn't
   found. */
"use strict";

(function (root) {
  const EVERY = 2000;
  const SLOWEST = 15000;
  const PATIENCE = 6000;
  /* Several servers may stand behind one address: the one that has the room is met soon. */
  const TRIES = 5;
  /* Looks that found no such room, one after the other: then nobody waits any more. */
  const GIVE_UP = 8;

  const pause = (most) => new Promise((done) => { setTimeout(done, most); });

  /* The room whose addresses begin with ``base``. ``took`` is handed what a look has seen, and what
     it throws is a look that missed; ``left``, the word that says why the room is over, before
     the page is emptied. */
  function room(base, { word, took, left }) {
    const { say } = root.reflexeShow;
    let missed = 0;
    let absent = 0;
    /* The word that says why nothing is asked any more; "" while the room is played. */
    let ended = "";

    async function ask(path, fields) {
      const asked = { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) };
      if (fields) Object.assign(asked, { method: "POST", body: new URLSearchParams(fields) });
      for (let tried = 1; ; tried += 1) {
        const answer = await fetch(base + path, asked);
        if (answer.status !== 404 || tried === TRIES) return answer;
        await pause(200);
      }
    }

    function end(why) {
      ended = why;
      left(why);
      document.getElementById("play").replaceChildren();
      say(word(why));
    }

    async function look() {
      try {
        const answer = await ask("/etat");
        if (answer.status === 410) {
          end("closed");
          return;
        }
        if (answer.status === 404) {
          missed += 1;
          absent += 1;
          if (absent >= GIVE_UP) end("given_up");
          else say(word("gone"));
          return;
        }
        absent = 0;
        if (!answer.ok) throw new Error(answer.status);
        await took(await answer.json());
        if (missed) say("");
        missed = 0;
      } catch {
        missed += 1;
        if (missed > 1) say(word("lost"));
      }
    }

    return {
      ask,
      end,
      look,
      /* Milliseconds until the next look. */
      rest: () => Math.min(SLOWEST, EVERY * 2 ** Math.min(missed, 3)),
      get missed() { return missed; },
      get ended() { return ended; },
    };
  }

  root.reflexeRoom = { pause, room };
})(window);
