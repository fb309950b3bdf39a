// The web chat's comforts: turns without a reload, a way out that leaves no entry behind, and words that hide when nobody
// is there. The page is whole without it, and nothing is kept in the browser.
"use strict";

(() => {
  const one = (what, where = document) => where.querySelector(what);
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const warnSeconds = 60;
  const patience = 20000;

  // ---- the way out
  const leave = (exit) => {
    document.documentElement.hidden = true;
    const form = one("form[data-leave]");
    if (form && navigator.sendBeacon) navigator.sendBeacon(form.action, new URLSearchParams({ quietly: "1" }));
    document.body.textContent = "";
    window.location.replace(exit);
  };

  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-leave]");
    if (!way || way.matches("form") && !event.target.closest("button")) return;
    event.preventDefault();
    leave(way.dataset.leave);
  });

  let shifts = [];
  document.addEventListener("keydown", (event) => { if (event.key !== "Shift") shifts = []; });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    shifts = [...shifts, Date.now()].slice(-3);
    const way = one("[data-leave]");
    if (way && shifts.length === 3 && shifts[2] - shifts[0] < 5000) leave(way.dataset.leave);
  });
  all("[data-with-script]").forEach((hint) => { hint.hidden = false; });

  // The page about what happens with the words takes the place of the page that leads there, which it then leads back to:
  // one entry of the history, and the link's address stays out of every other one.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-in-place]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    window.history.scrollRestoration = "manual"; // it is another page, and begins at its top, where its way out is
    window.history.replaceState({ from: window.location.pathname }, "", link.href);
    window.location.reload();
  });
  const from = window.history.state && window.history.state.from;
  const back = one("button[data-back]");
  if (from && back) {
    back.addEventListener("click", () => window.location.replace(from));
    all("[data-back]").forEach((part) => { part.hidden = !part.hidden; });
  }

  // A page that comes back out of the browser's memory is asked for anew.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

  if (!window.fetch || !window.AbortController || !window.HTMLDialogElement || !Element.prototype.replaceChildren) return;

  // ---- turns
  const page = () => one("main");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let sending = false;
  let pressed = null;
  let touched = Date.now();
  let asked = Date.now();

  const ask = async (address, options = {}) => {
    const impatient = new AbortController();
    const timer = setTimeout(() => impatient.abort(), patience);
    try {
      asked = Date.now();
      const answer = await fetch(address, { cache: "no-store", signal: impatient.signal, ...options });
      return { answer, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
    } finally {
      clearTimeout(timer);
    }
  };

  // Bubbles that are there already stay, so that a screen reader reads out new ones only.
  const merge = (list, fresh) => {
    const rows = [...fresh.children];
    rows.forEach((row, place) => {
      const old = list.children[place];
      if (old && old.textContent === row.textContent && old.className.replace(" new", "") === row.className) return;
      row.classList.add("new");
      if (old) old.replaceWith(row); else list.append(row);
    });
    while (list.children.length > rows.length) list.lastElementChild.remove();
  };

  const settle = (fresh) => {
    const old = page();
    const is = one("main", fresh);
    const isSame = old.dataset.page === "chat" && is.dataset.page === "chat";
    if (isSame) {
      const rows = all(".talk li", is).map((row) => row.cloneNode(true));
      const parts = all("[data-part]", is);
      all("[data-part]", old).forEach((part, place) => part.replaceChildren(...parts[place].childNodes));
      const list = document.createElement("ol");
      list.append(...rows);
      merge(one(".talk ol", old), list);
      if (is.dataset.return) old.dataset.return = is.dataset.return;
      old.dataset.idle = is.dataset.idle;
      one("[data-trouble]", old).textContent = "";
    } else {
      old.replaceWith(is);
    }
    all("dialog, body > template").forEach((spare) => spare.remove());
    document.body.append(...all("dialog, body > template", fresh));
    const root = fresh.documentElement;
    document.documentElement.lang = root.lang;
    document.documentElement.dir = root.dir;
  };

  const show = () => {
    const focus = one("[data-focus]", page());
    if (!focus) return;
    focus.focus({ preventScroll: true });
    const said = all(".talk .mine.new", page()).pop();
    const top = said && said.offsetHeight < window.innerHeight / 3 ? said : focus;
    top.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  };

  // What a page of ours says of the matter; where it is our fault that there is none, or no connection, that.
  const complain = (answer, fresh) => {
    const place = one("[data-trouble]", page());
    const told = answer && answer.status < 500 && one("main[data-page] h1 + p", fresh);
    const words = one(answer ? "template#our_fault" : "template#offline");
    if (place && told) place.replaceChildren(...told.cloneNode(true).childNodes);
    else if (place && words) place.replaceChildren(words.content.cloneNode(true));
  };

  const send = async (form, words) => {
    const { answer, page: fresh } = await ask(form.action, { method: "POST", body: words });
    const address = new URL(answer.url);
    if (answer.redirected && address.pathname !== window.location.pathname) {
      window.location.replace(address.pathname);
      return;
    }
    const isOurs = answer.ok || answer.status === 404 || answer.status === 422 || !one("[name=answer]", form);
    if (!isOurs || !one("main", fresh)) {
      complain(answer, fresh);
      return;
    }
    all(".new").forEach((row) => row.classList.remove("new"));
    settle(fresh);
    show();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[type=submit]");
    if (button) pressed = button;
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-say]")) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    const button = event.submitter || (form.contains(pressed) ? pressed : one("button[type=submit]", form));
    pressed = null;
    const words = new URLSearchParams(new FormData(form));
    if (button && button.name) words.set(button.name, button.value);
    all("button[type=submit]", form).forEach((each) => each.setAttribute("aria-disabled", "true"));
    try {
      await send(form, words);
    } catch {
      complain();
    }
    all("button[type=submit]", form).forEach((each) => each.removeAttribute("aria-disabled"));
    sending = false;
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-replace], [data-look], .problem a");
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-replace]")) { window.location.replace(link.href); return; }
    if (link.matches(".problem a")) { one("#answer").focus(); return; }
    try {
      settle((await ask(window.location.pathname)).page);
      show();
    } catch {
      complain();
    }
  });

  // What unfolds at the end of the screen comes into sight, clear of the line that stays there.
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("details[open]")) event.target.scrollIntoView({ block: "nearest" });
  }, true);

  // ---- nobody there
  const dialog = () => one("dialog.still");
  const idleSeconds = () => Number((page() && page().dataset.idle) || 0);

  const cover = () => {
    const door = page().dataset.return;
    if (door) {
      delete page().dataset.idle;
      window.location.replace(door);
      return;
    }
    const words = one("template#covered");
    const main = document.createElement("main");
    main.className = "card";
    main.dataset.page = "covered";
    main.append(words.content.cloneNode(true));
    if (dialog().open) dialog().close();
    page().replaceWith(main);
    show();
  };

  const watch = () => {
    const idle = idleSeconds();
    if (!idle) return;
    const quiet = (Date.now() - touched) / 1000;
    if (quiet >= idle) cover();
    else if (quiet >= idle - Math.min(warnSeconds, idle / 2) && !dialog().open) {
      dialog().showModal();
      one("[data-here]", dialog()).focus();
    }
  };

  // Somebody is there. The server is told now and then, so that it does not hide either what is being read here.
  const touch = (event) => {
    const warned = dialog() && dialog().open;
    if (warned && !(event.target.closest && event.target.closest("[data-here]"))) return;
    if (warned) dialog().close();
    if (idleSeconds() && Date.now() - touched >= idleSeconds() * 1000) { cover(); return; }
    touched = Date.now();
    if (idleSeconds() && (touched - asked) / 1000 > idleSeconds() / 3) ask(window.location.pathname).catch(() => {});
  };

  ["click", "keydown", "input", "wheel", "touchstart"].forEach((sign) => {
    document.addEventListener(sign, touch, { passive: true });
  });
  document.addEventListener("cancel", (event) => { if (event.target === dialog()) touched = Date.now(); }, true);
  document.addEventListener("visibilitychange", watch);
  setInterval(watch, 1000);
})();
