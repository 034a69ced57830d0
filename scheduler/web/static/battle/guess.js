/* About how many guesses a password takes, made right for French hospitals.

   The library alone takes accents for letters that no list has, calls « Soleil2026! » strong, and
   counts what stands between two words as if it were secret. Here a password is looked at in each
   of the ways in which a guesser would try it, and the cheapest way counts. */
"use strict";

(function (root) {
  /* A sign or two at the end, after a year: every list of rules begins with it. */
  const SIGN_AFTER_YEAR = /((?:19|20)\d\d)[^\p{L}\p{N}\s]{1,2}$/u;
  const BETWEEN = /(?<=\p{L})[\s\-_.,;:/+&'’]+(?=\p{L})/gu;
  /* A sign between a word and its number. */
  const BEFORE_NUMBER = /(?<=\p{L})[^\p{L}\p{N}\s]{1,2}(?=\p{N}{1,4}(?!\p{N}))/gu;
  /* Several words, each with a capital. */
  const CAPITALS = /^(?!.*\p{Lu}(?!\p{Ll}(?:\p{Ll}|\p{Lu}\p{Ll}))).*\p{Lu}.*\p{Lu}/u;
  /* Written as words are, with a number after it: a capital there isn't one of 52 letters. */
  const LIKE_A_WORD = /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)\p{N}*$/u;
  /* Log10 of what each way costs more: accents, or capitals, or none; which sign stands between. */
  const FOLDED = Math.log10(2);
  const JOINED = 1;

  /* A random word of a list of dice words (7,776). */
  const WORD = Math.log10(7776);
  /* A small word that the lists here lack, and a longer list has. */
  const RARE_WORD = 5;
  /* Lists that stand in an order (colours, zodiac) are words, not a row that is typed through. */
  const ORDERED = /^(?:cardinal|ordinal|days|months|seasons|time|rainbow|directions|intermediate|size|military|planets|zodiac|chinese)/;
  const ROWS = ["cardinalNumbers-fr", "ordinalNumbers-fr", "daysOfWeek-fr", "months-fr"];

  function fold(word) {
    return word
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/œ/g, "oe")
      .replace(/Œ/g, "OE")
      .replace(/æ/g, "ae");
  }

  /* Each list with its words as they are and without accents, at the same rank. */
  function folded(dictionary) {
    const found = {};
    for (const [name, words] of Object.entries(dictionary)) {
      const kept = !ORDERED.test(name) || ROWS.includes(name) ? name : `list-${name}`;
      found[kept] = [...new Set(words.flatMap((word) => [word, fold(word)]))];
    }
    return found;
  }

  function waysOf(password) {
    const ways = [{ text: password, cost: 0 }];
    const add = (from, text, cost) => {
      if (text && text !== from.text) ways.push({ text, cost: from.cost + cost });
    };
    for (const one of [...ways]) add(one, one.text.replace(SIGN_AFTER_YEAR, "$1"), 0);
    for (const one of [...ways]) add(one, one.text.replace(BETWEEN, ""), JOINED);
    for (const one of [...ways]) add(one, one.text.replace(BEFORE_NUMBER, ""), JOINED);
    for (const one of [...ways]) {
      if (CAPITALS.test(one.text)) add(one, one.text.toLowerCase(), FOLDED);
    }
    for (const one of [...ways]) add(one, fold(one.text), FOLDED);
    return ways;
  }

  /* What judges: ``own`` are words that a guesser of this hospital tries first. */
  function judge(library, common, french, own) {
    const zxcvbn = new library.ZxcvbnFactory({
      dictionary: { ...folded(common.dictionary), ...folded(french.dictionary) },
      graphs: common.adjacencyGraphs,
    });
    const first = [...new Set(own.map((word) => word.toLowerCase()).flatMap((w) => [w, fold(w)]))];

    function measured(password) {
      let best = null;
      for (const way of waysOf(password.normalize("NFC"))) {
        const found = zxcvbn.check(way.text, first);
        const log10 = corrected(found) + way.cost;
        if (best === null || log10 < best.log10) {
          best = { log10, parts: found.sequence.map(partOf) };
        }
      }
      return best;
    }

    return { measured };
  }

  /* What nobody's list has is tried sign by sign, with all the signs of its kinds: the library
     takes ten for each. A phrase of words is tried word by word, and no dearer than that. */
  function corrected(found) {
    let log10 = found.guessesLog10;
    for (const part of found.sequence) {
      if (part.pattern !== "bruteforce" || LIKE_A_WORD.test(part.token)) continue;
      if (kindsOf(part.token) > 1 && part.token.length > 3) {
        log10 += part.token.length * (Math.log10(signsOf(part.token)) - 1);
      }
    }
    const words = found.sequence.filter(isWord);
    if (words.length > 2 && words.length === found.sequence.length) {
      const each = words.map((one) =>
        one.pattern === "bruteforce" ? RARE_WORD : Math.max(WORD, one.guessesLog10));
      log10 = Math.min(log10, each.reduce((sum, one) => sum + one, 0));
    }
    return log10;
  }

  function isWord(part) {
    if (part.pattern === "dictionary") return /^\p{L}+$/u.test(part.token);
    return part.pattern === "bruteforce" && /^\p{Ll}{1,9}$/u.test(part.token);
  }

  const KINDS = [[/\p{Ll}/u, 26], [/\p{Lu}/u, 26], [/\p{N}/u, 10], [/[^\p{L}\p{N}]/u, 33]];

  function kindsOf(token) {
    return KINDS.filter(([kind]) => kind.test(token)).length;
  }

  function signsOf(token) {
    return KINDS.reduce((sum, [kind, signs]) => sum + (kind.test(token) ? signs : 0), 0);
  }

  /* What a part was found as; ``kind`` is a key of the page's words. */
  function partOf(match) {
    let kind = "bruteforce";
    if (match.pattern === "dictionary") {
      const name = match.dictionaryName || "";
      kind = "word";
      if (name.startsWith("passwords")) kind = "leaked";
      if (name === "userInputs") kind = "own";
      if (name.startsWith("firstnames") || name.startsWith("lastnames")) kind = "name";
    } else if (match.pattern === "regex" || match.pattern === "date") {
      kind = "date";
    } else if (["spatial", "sequence", "wordSequence"].includes(match.pattern)) {
      kind = "row";
    } else if (match.pattern === "repeat") {
      kind = "repeat";
    }
    return { token: match.token, kind };
  }

  /* The parts as they stand in what was typed, which they make up again: a way of reading it leaves
     accents, spaces and a last sign out. */
  function asTyped(password, tokens) {
    const signs = [...password.normalize("NFC")];
    const read = signs.flatMap((sign, at) => [...fold(sign)].map((letter) => ({ letter, at })));
    const starts = [];
    let next = 0;
    for (const token of tokens) {
      let first = null;
      for (const letter of fold(token)) {
        while (next < read.length && read[next].letter !== letter) next += 1;
        if (next === read.length) return tokens;
        first = first ?? read[next].at;
        next += 1;
      }
      starts.push(starts.length ? first : 0);
    }
    return starts.map((start, part) => signs.slice(start, starts[part + 1]).join(""));
  }

  root.reflexeGuess = { asTyped, fold, judge };
})(typeof globalThis === "undefined" ? this : globalThis);
