// Fetches the page's parts again every two seconds and adds what is new. The page is whole without it.
"use strict";

(() => {
  const source = document.querySelector("[data-latest]");
  const form = document.querySelector(".composer");
  if (!source || !form) return;
  const scroller = document.querySelector(".scroller");
  const box = form.querySelector("textarea");
  const trouble = document.querySelector("[data-trouble]");
  const every = 2000;

  // Rows that are there already stay as they are, so that a screen reader reads out new ones only.
  const settle = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    const was = old.querySelectorAll("[data-live]");
    const is = fresh.querySelectorAll("[data-live]");
    const copy = old.cloneNode(true);
    copy.querySelectorAll("[data-live]").forEach((word, i) => { if (is[i]) word.textContent = is[i].textContent; });
    if (was.length === is.length && copy.isEqualNode(fresh)) {
      was.forEach((word, i) => { word.textContent = is[i].textContent; });
    } else {
      old.replaceWith(fresh);
    }
  };

  const merge = (list, incoming) => {
    const rows = [...incoming.children];
    const keys = new Set(rows.map((row) => row.dataset.key));
    [...list.children].forEach((row) => { if (!keys.has(row.dataset.key)) row.remove(); });
    rows.forEach((row, i) => {
      const there = [...list.children].find((old) => old.dataset.key === row.dataset.key);
      if (there) settle(there, row);
      else {
        row.classList.add("new");
        list.insertBefore(row, list.children[i] || null);
      }
    });
  };

  const refresh = async () => {
    const answer = await fetch(source.dataset.latest, { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const fragment = new DOMParser().parseFromString(await answer.text(), "text/html");
    fragment.querySelectorAll("[data-part]").forEach((part) => {
      const list = document.querySelector(`[data-part="${part.dataset.part}"]`);
      if (list) merge(list, part);
    });
  };

  const say = (words) => { if (trouble.textContent !== words) trouble.textContent = words; };

  let waiting = null;
  const watch = async () => {
    clearTimeout(waiting);
    if (!document.hidden) {
      try {
        await refresh();
        say("");
      } catch {
        say("The service is not answering. Trying again.");
      }
    }
    waiting = setTimeout(watch, every);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!box.value) return;
    const words = new FormData(form);
    box.value = "";
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(words) });
      if (!answer.ok) throw new Error(String(answer.status));
      await watch();
      scroller.scrollTop = 0;
    } catch {
      box.value = words.get("text");
      say("That was not sent. The service did not take it.");
    }
    box.focus();
  });

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  document.addEventListener("visibilitychange", () => { if (!document.hidden) watch(); });
  waiting = setTimeout(watch, every);
})();
